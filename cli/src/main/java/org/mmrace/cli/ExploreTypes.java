package org.mmrace.cli;

import java.util.Iterator;
import org.mmrace.explore.choose.StrategyKind;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.workers.WorkerSeat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the options of commands that explore look like. */
final class ExploreTypes {
    private ExploreTypes() {}

    /** As {@link WorkerSeat} reads it. */
    static final class SeatConverter implements ITypeConverter<WorkerSeat> {
        @Override
        public WorkerSeat convert(String text) {
            try {
                return WorkerSeat.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** All that there are. */
    static final class StrategyNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return StrategyKind.all().stream().map(StrategyKind::synopsis).iterator();
        }
    }

    /** As {@link StrategyName} reads it. */
    static final class StrategyConverter implements ITypeConverter<StrategyName> {
        @Override
        public StrategyName convert(String text) {
            try {
                return StrategyName.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}

package org.mmrace.vectors;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.mmrace.fault.Series;

/**
 * A test that gets a fresh {@link VectorMachine} of each {@link Series}. JUnit closes it afterwards: its processes
 * exit, and it fails the test if anything is left.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(EachSeries.Machines.class)
@interface EachSeries {
    /** The three machines. */
    final class Machines implements ArgumentsProvider {
        @Override
        public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
            return Stream.of(Series.values())
                    .map(series -> Arguments.of(Named.of(series.name(), VectorMachine.of(series))));
        }
    }
}

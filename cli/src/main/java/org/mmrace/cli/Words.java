package org.mmrace.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the words of a command line may be where they stand for a number or a file, for all commands. */
final class Words {
    private Words() {}

    /** Makes {@code command} and its subcommands read them so. */
    static CommandLine readBy(CommandLine command) {
        ITypeConverter<Integer> integers = text -> (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
        ITypeConverter<Long> longs = text -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
        return command.registerConverter(int.class, integers)
                .registerConverter(Integer.class, integers)
                .registerConverter(long.class, longs)
                .registerConverter(Long.class, longs)
                .registerConverter(Path.class, Words::path);
    }

    private static long whole(String text, long least, long most) {
        if (!text.matches("[+-]?[0-9]+")) {
            throw new TypeConversionException("'" + text + "' is not a whole number");
        }
        BigInteger number = new BigInteger(text);
        if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new TypeConversionException("'" + text + "' is not a whole number from " + least + " to " + most);
        }
        return number.longValueExact();
    }

    /** An empty word, such as that of a variable that is not set, would be the current directory. */
    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("'' names no file and no directory");
        }
        return Path.of(text);
    }
}

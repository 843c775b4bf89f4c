package org.mmrace.explore.race;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Methods as the kernel calls its functions: {@code zapPteRange} is {@code zap_pte_range}. */
final class FunctionNames {
    /** What the compiler makes of a lambda in {@code plain()}: {@code lambda$plain$4}. */
    private static final Pattern LAMBDA = Pattern.compile("lambda[$](.+)[$][0-9]+");

    /** What runs a task: there the program begins. */
    private static final String BELOW = "runBody";

    private FunctionNames() {}

    static String kernel(String method) {
        String name = LAMBDA.matcher(method).replaceFirst("$1");
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** A call stack, innermost first, as far as it is the program's. */
    static String stack(List<String> methods) {
        return methods.stream()
                .takeWhile(method -> !method.equals(BELOW))
                .map(FunctionNames::kernel)
                .collect(Collectors.joining(" < "));
    }
}

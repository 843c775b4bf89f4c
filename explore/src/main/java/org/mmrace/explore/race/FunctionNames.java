package org.mmrace.explore.race;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Methods as the kernel calls its functions: {@code zapPteRange} is {@code zap_pte_range}. */
final class FunctionNames {
    private FunctionNames() {}

    static String kernel(String method) {
        return method.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** A call stack, innermost first, without what the compiler has made of lambdas. */
    static String stack(List<String> methods) {
        return methods.stream()
                .filter(method -> !method.startsWith("lambda$"))
                .map(FunctionNames::kernel)
                .collect(Collectors.joining(" < "));
    }
}

package org.mmrace.workers;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The command line of another JVM like this one. */
public final class JavaCommand {
    /** Agents write to files of their own, and a worker has one core: many threads that collect garbage need more. */
    private static final Pattern DROPPED = Pattern.compile("-agent.*|-javaagent.*|-XX:[+-]Use\\w+GC");

    private JavaCommand() {}

    /** Starts {@code mainClass} with {@code arguments} on the same JDK, class path and flags. */
    public static List<String> again(String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !DROPPED.matcher(flag).matches())
                .forEach(command::add);
        command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return command;
    }
}

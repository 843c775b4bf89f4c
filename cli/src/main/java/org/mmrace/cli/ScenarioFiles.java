package org.mmrace.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;

/** The scenario files that a command line names, and those in the directories that it names. */
final class ScenarioFiles {
    private ScenarioFiles() {}

    /**
     * Reads all of them.
     *
     * @return by file, in the order of the command line
     * @throws MalformedScenarioException with the problems of all files
     * @throws IllegalArgumentException when there is no such file, or it is not a text file
     */
    static Map<Path, Scenario> read(List<Path> named) throws MalformedScenarioException, IOException {
        Map<Path, Scenario> scenarios = new LinkedHashMap<>();
        List<MalformedScenarioException> malformed = new ArrayList<>();
        for (Path file : files(named)) {
            try {
                scenarios.put(file, ScenarioReader.read(file));
            } catch (MalformedScenarioException e) {
                malformed.add(e);
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException(file + " is not a text file in UTF-8", e);
            }
        }
        if (!malformed.isEmpty()) {
            throw MalformedScenarioException.together(malformed);
        }
        return scenarios;
    }

    /** Whether {@code file}, which is a scenario, says how a run of it has failed. */
    static boolean isFailure(Path file) throws IOException {
        try {
            return !ScenarioReader.readFailure(file).replay().schedule().isEmpty();
        } catch (MalformedScenarioException e) {
            return false; // it says nothing, or not enough, about a run
        }
    }

    private static List<Path> files(List<Path> named) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> walk = Files.walk(path)) {
                    walk.filter(file -> file.toString().endsWith(".scn") && !Files.isDirectory(file))
                            .sorted()
                            .forEach(files::add);
                }
            } else if (Files.exists(path)) {
                files.add(path);
            } else {
                throw new IllegalArgumentException("no such file: " + path);
            }
        }
        return files;
    }
}

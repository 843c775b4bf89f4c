package org.mmrace.conform;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads recordings: JSON Lines, plain or compressed with gzip. What does not follow the format stops the reading. */
public final class RecordingReader {
    private static final List<String> BUNDLED = List.of("linux-6.1.jsonl.gz", "linux-6.12.jsonl.gz");
    private static final int CASES_MAX = 1_000_000;

    private RecordingReader() {}

    /**
     * The two recordings that mmrace brings along.
     *
     * @throws IOException when they cannot be read
     */
    public static List<Recording> bundled() throws IOException {
        List<Recording> recordings = new ArrayList<>();
        for (String name : BUNDLED) {
            try (InputStream in = RecordingReader.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new FileNotFoundException(name + " is missing from the jar");
                }
                recordings.add(read(name, in));
            }
        }
        return recordings;
    }

    /**
     * One file.
     *
     * @throws MalformedRecordingException for a file that is none, or not a recording
     * @throws IOException when the reading itself fails
     */
    public static Recording read(Path file) throws IOException {
        String source = oneLine(file);
        if (Files.isDirectory(file)) {
            throw new MalformedRecordingException(source, "expected a file, found a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(source, in);
        } catch (NoSuchFileException e) {
            throw new MalformedRecordingException(source, "expected a file, found none");
        } catch (AccessDeniedException e) {
            throw new MalformedRecordingException(source, "expected a readable file, found no permission to read it");
        } catch (FileSystemException e) {
            throw new MalformedRecordingException(source, "expected a readable file: " + e.getReason());
        }
    }

    /** Messages have one line, whatever is in a file's name. */
    private static String oneLine(Path file) {
        String name = file.toString();
        return name.isEmpty() ? "." : name.replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * A stream of the same, which stays open.
     *
     * @param source what messages call it
     * @throws MalformedRecordingException for anything but a recording
     * @throws IOException when the reading itself fails
     */
    public static Recording read(String source, InputStream in) throws IOException {
        RecordingLines lines = RecordingLines.of(source, in);
        List<RecordedCase> cases = new ArrayList<>();
        Map<String, Integer> lineOf = new HashMap<>();
        while (lines.next()) {
            if (lines.isBlank()) {
                continue;
            }
            Place place = lines.place();
            JsonAt json = JsonLine.parse(place, lines.characters(), lines.length());
            RecordedCase recorded = CaseParser.parse(json);
            Integer before = lineOf.putIfAbsent(recorded.id(), place.line());
            if (before != null) {
                int column = json.members().getOrDefault("id", json).column();
                throw place.error(column, "expected an id of its own, found that of line " + before);
            }
            cases.add(recorded);
            if (cases.size() > CASES_MAX) {
                throw place.error(1, "expected at most " + CASES_MAX + " cases, found one more");
            }
        }
        return new Recording(source, cases);
    }
}

package org.mmrace.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The output of a process in a file, and its last lines in memory: on a full disk those are all there is. */
final class OutputLog implements AutoCloseable {
    private static final int LAST_LINES = 15;

    private final Deque<String> last = new ArrayDeque<>();
    private @Nullable BufferedWriter writer;
    private @Nullable String lost;

    OutputLog(Path file) {
        try {
            writer = Files.newBufferedWriter(file, UTF_8);
        } catch (IOException e) {
            lost = e.toString();
        }
    }

    void add(String line) {
        if (last.size() == LAST_LINES) {
            last.removeFirst();
        }
        last.addLast(line);
        try {
            if (writer != null) {
                writer.write(line);
                writer.newLine();
            }
        } catch (IOException e) {
            lost(e);
        }
    }

    List<String> lastLines() {
        return List.copyOf(last);
    }

    /** Why the file is not complete; null when it is. */
    @Nullable
    String lost() {
        return lost;
    }

    @Override
    public void close() {
        try {
            if (writer != null) {
                writer.close();
            }
        } catch (IOException e) {
            lost(e);
        }
    }

    private void lost(IOException e) {
        lost = e.toString();
        writer = null;
    }
}

package org.mmrace.hunt;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.mmrace.lines.DurableLines;
import org.mmrace.stress.OutputDirectory;

/**
 * What an exploration leaves on the disk, as soon as it is known: {@code explore.ndjson}, which has a line when a
 * scenario begins, some on the way, one when something is found, and one with its result. A directory may be used
 * again; the log goes on.
 */
public final class HuntFiles implements AutoCloseable {
    /** The log. */
    public static final String LOG = "explore.ndjson";

    private static final Duration PROGRESS = Duration.ofSeconds(10);

    private final DurableLines log;
    private Duration nextProgress = PROGRESS;

    private HuntFiles(DurableLines log) {
        this.log = log;
    }

    /**
     * Makes sure that the directory can be written, before anything runs; makes it if it does not exist.
     *
     * @throws IOException when it cannot
     */
    public static HuntFiles in(Path directory) throws IOException {
        OutputDirectory.prepare(directory);
        return new HuntFiles(DurableLines.open(directory.resolve(LOG)));
    }

    /**
     * A scenario is about to be explored.
     *
     * @throws IOException when the log cannot be written
     */
    public void begun(HuntRequest request) throws IOException {
        nextProgress = PROGRESS;
        log.append(HuntJson.begun(request));
    }

    /**
     * It goes on; kept every ten seconds.
     *
     * @throws IOException when the log cannot be written
     */
    public void progress(HuntRequest request, long executions, Duration elapsed) throws IOException {
        if (elapsed.compareTo(nextProgress) >= 0) {
            nextProgress = elapsed.plus(PROGRESS);
            log.append(HuntJson.progress(request, executions, elapsed.toMillis()));
        }
    }

    /**
     * Something was found, and its files are there, as they are before anything is made smaller.
     *
     * @throws IOException when the log cannot be written
     */
    public void found(HuntFailure failure) throws IOException {
        log.append(HuntJson.found(failure));
    }

    /**
     * It has ended.
     *
     * @param json as {@link HuntJson#of} makes it
     * @throws IOException when the log cannot be written
     */
    public void ended(String json) throws IOException {
        log.append(json);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}

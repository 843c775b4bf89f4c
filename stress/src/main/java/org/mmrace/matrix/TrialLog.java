package org.mmrace.matrix;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mmrace.fault.Fault;
import org.mmrace.lines.DurableLines;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What has been measured, one JSON object per line, on disk before the next measurement begins. The first line says of
 * what. A line that was cut off by a crash is dropped when the file is opened again.
 */
public final class TrialLog implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DurableLines file;
    private final List<Trial> trials = new ArrayList<>();

    private TrialLog(DurableLines file) {
        this.file = file;
    }

    /**
     * Opens a log, with what an earlier run has measured.
     *
     * @param path its file
     * @param header what is measured and how, on one line
     * @throws IllegalArgumentException when the file is of other measurements; the message says what differs
     * @throws IOException when it cannot be read or written, or is not such a log
     */
    public static TrialLog open(Path path, String header) throws IOException {
        List<String> lines = DurableLines.read(path);
        if (!lines.isEmpty() && !lines.get(0).equals(header)) {
            throw new IllegalArgumentException(path + " holds other measurements, of " + lines.get(0) + ", not of "
                    + header + ": choose another directory, or remove the file");
        }
        TrialLog log = new TrialLog(DurableLines.open(path));
        if (lines.isEmpty()) {
            log.file.append(header);
        }
        for (int i = 1; i < lines.size(); i++) {
            log.trials.add(parse(lines.get(i), path, i + 1));
        }
        return log;
    }

    /** What has been measured so far, by this run and earlier ones. */
    public List<Trial> trials() {
        return List.copyOf(trials);
    }

    /**
     * Keeps a trial; it is on the disk when this returns.
     *
     * @throws IOException when it cannot be written
     */
    public void add(Trial trial) throws IOException {
        file.append(format(trial));
        trials.add(trial);
    }

    static String format(Trial trial) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fault", trial.fault().id());
        json.put("checker", trial.checker());
        json.put("on", trial.on());
        json.put("seed", trial.seed());
        json.put("caughtBy", trial.caughtBy());
        json.put("micros", trial.time().toNanos() / 1000);
        json.put("runs", trial.runs());
        return JSON.writeValueAsString(json);
    }

    private static Trial parse(String line, Path path, int number) throws IOException {
        try {
            JsonNode json = JSON.readTree(line);
            List<String> caughtBy = new ArrayList<>();
            json.required("caughtBy").forEach(node -> caughtBy.add(node.stringValue()));
            String id = json.required("fault").stringValue();
            return new Trial(
                    Fault.byId(id).orElseThrow(() -> new IOException(path + ":" + number + ": no fault " + id)),
                    json.required("checker").stringValue(),
                    json.required("on").booleanValue(),
                    json.required("seed").longValue(),
                    caughtBy,
                    Duration.ofNanos(1000 * json.required("micros").longValue()),
                    json.required("runs").longValue());
        } catch (JacksonException e) {
            throw new IOException(path + ":" + number + ": not a trial of a matrix: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

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
 * which matrix. A line that was cut off by a crash is dropped when the file is opened again.
 */
final class TrialLog implements AutoCloseable {
    static final String FILE = "matrix.ndjson";
    private static final int SCHEMA = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DurableLines file;
    private final List<Trial> trials = new ArrayList<>();

    private TrialLog(DurableLines file) {
        this.file = file;
    }

    /**
     * Opens the log of a matrix, with what an earlier run has measured.
     *
     * @throws IllegalArgumentException when the directory holds another matrix; the message says what differs
     * @throws IOException when it cannot be read or written, or is not such a log
     */
    static TrialLog open(MatrixConfig config) throws IOException {
        Path path = config.out().resolve(FILE);
        List<String> lines = DurableLines.read(path);
        if (!lines.isEmpty()) {
            requireSame(lines.get(0), config, path);
        }
        TrialLog log = new TrialLog(DurableLines.open(path));
        if (lines.isEmpty()) {
            log.file.append(header(config));
        }
        for (int i = 1; i < lines.size(); i++) {
            log.trials.add(parse(lines.get(i), path, i + 1));
        }
        return log;
    }

    private static void requireSame(String line, MatrixConfig config, Path path) {
        String wanted = header(config);
        if (!line.equals(wanted)) {
            throw new IllegalArgumentException(path + " holds another matrix, of " + line + ", not of " + wanted
                    + ": choose another directory, or remove the file");
        }
    }

    private static String header(MatrixConfig config) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("timeMillis", config.time().toMillis());
        json.put("seeds", config.seeds());
        json.put("checkers", config.checkers());
        json.put("faults", config.faults().stream().map(Fault::id).toList());
        return JSON.writeValueAsString(json);
    }

    /** What has been measured so far, by this run and earlier ones. */
    List<Trial> trials() {
        return List.copyOf(trials);
    }

    /** Keeps a trial; it is on the disk when this returns. */
    void add(Trial trial) throws IOException {
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

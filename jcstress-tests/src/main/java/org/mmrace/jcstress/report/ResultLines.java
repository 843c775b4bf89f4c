package org.mmrace.jcstress.report;

import java.io.EOFException;
import java.io.IOException;
import java.util.Collection;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;
import tools.jackson.core.JsonGenerator;

/**
 * What jcstress found: one line for each test and configuration of the JVM, then one with what kept the rest of the
 * file from being read, if anything did. jcstress has the end of the file in its memory until it is done.
 */
final class ResultLines {
    private static final int ERROR_LINES_MAX = 100;

    private ResultLines() {}

    static void write(String file, JsonLines lines) throws IOException {
        InProcessCollector collector = new InProcessCollector();
        String unread = read(file, collector);
        collector.getTestResults().forEach(result -> lines.line(json -> members(json, result)));
        if (!unread.isEmpty()) {
            lines.line(json -> json.writeStringProperty("unread", unread));
        }
    }

    private static String read(String file, InProcessCollector collector) throws IOException {
        DiskReadCollector reader;
        try {
            reader = new DiskReadCollector(file, collector);
        } catch (EOFException e) {
            return e.toString(); // jcstress was killed before the first block was full
        }
        try {
            reader.dump();
            return "";
        } catch (IOException | ClassNotFoundException e) {
            return e.toString();
        } finally {
            reader.close();
        }
    }

    private static void members(JsonGenerator json, TestResult result) {
        json.writeStringProperty("test", result.getName());
        json.writeStringProperty("configuration", String.join(" ", result.getConfig().jvmArgs));
        json.writeStringProperty("status", result.status().name());
        json.writeArrayPropertyStart("outcomes");
        for (GradingResult outcome : result.grading().gradingResults.values()) {
            json.writeStartObject();
            json.writeStringProperty("id", outcome.id);
            json.writeNumberProperty("count", outcome.count);
            json.writeStringProperty("expect", outcome.expect.name());
            json.writeStringProperty("description", String.valueOf(outcome.description));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("messages");
        messages(json, result.getMessages());
        if (result.status() != Status.NORMAL) {
            messages(json, result.getVmOut());
            messages(json, result.getVmErr());
        }
        json.writeEndArray();
    }

    private static void messages(JsonGenerator json, Collection<String> messages) {
        messages.stream().limit(ERROR_LINES_MAX).forEach(json::writeString);
    }
}

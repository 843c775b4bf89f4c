package org.mmrace.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.mmrace.conform.CaseReplay;
import org.mmrace.conform.CaseReplayer;
import org.mmrace.conform.RecordedCase;
import org.mmrace.conform.RecordedExit;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs {@code mmrace conform} on files of a test, with a model of its own. */
final class ConformRun {
    static final String LINE = "{\"id\":\"a\",\"kernel\":\"6.12\",\"series\":\"AFTER\",\"scope\":\"core\","
            + "\"mapping\":{\"backing\":\"anon\",\"sharing\":\"private\",\"prot\":\"rw\",\"file_mode\":null,"
            + "\"pages\":2,\"huge_aligned\":false},\"mmap\":0,\"vm_flags_after_mmap\":[\"VM_READ\"],"
            + "\"pte_after_mmap\":\"-\",\"steps\":["
            + "{\"op\":\"read\",\"page\":1,\"expect\":{\"ret\":0,\"signal\":null,\"zero_ref\":0,\"pte\":\"Zsa\"}},"
            + "{\"op\":\"mprotect\",\"prot\":\"r\",\"expect\":{\"ret\":0}}],"
            + "\"exit\":{\"code\":0,\"hang\":false,\"leaked_zero_ref\":0,\"leaked_zero_map\":0,\"kernel_log\":[]}}";

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    private final Path dir;

    ConformRun(Path dir) {
        this.dir = dir;
    }

    /** Stands for the whole command line, which has the command with the real model. */
    @Command(name = "mmrace")
    static final class Top {}

    int run(CaseReplayer model, String... args) {
        return new CommandLine(new Top())
                .addSubcommand(new ConformCommand(model))
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new UnexpectedErrors(() -> false))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        Stream.concat(Stream.of("conform"), Arrays.stream(args)).toArray(String[]::new));
    }

    String file(String name, byte[] bytes) throws IOException {
        Path file = dir.resolve(name);
        Files.write(file, bytes);
        return file.toString();
    }

    String file(String text) throws IOException {
        return file("t.jsonl", text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    /** Does what was recorded. */
    static CaseReplay echo(RecordedCase recorded) {
        return replay(recorded, recorded.pteAfterMmap());
    }

    /** Does what was recorded, except for the PTE after mmap. */
    static CaseReplay wrong(RecordedCase recorded) {
        return replay(recorded, "H");
    }

    private static CaseReplay replay(RecordedCase recorded, String pte) {
        List<Map<String, Object>> steps = new ArrayList<>();
        recorded.steps().forEach(step -> steps.add(new HashMap<>(step.expect())));
        RecordedExit exit = recorded.exit();
        Map<String, Object> end = Map.of(
                "code", exit.code(),
                "hang", exit.hang(),
                "leaked_zero_ref", exit.leakedZeroRef(),
                "leaked_zero_map", exit.leakedZeroMap(),
                "kernel_log", List.of());
        return new CaseReplay(
                null, recorded.mmap(), recorded.driverResult(), recorded.vmFlagsAfterMmap(), pte, steps, end);
    }
}

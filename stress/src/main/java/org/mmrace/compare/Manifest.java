package org.mmrace.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where and with what something was measured: what a reader of the numbers has to know.
 *
 * @param version of this mmrace
 * @param commit of its source tree, with {@code -dirty} when files differ from it; or {@code unknown}
 * @param jdk the Java runtime
 * @param machine processor and operating system
 * @param cores that the process may use
 */
public record Manifest(String version, String commit, String jdk, String machine, int cores) {
    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final int GIT_SECONDS = 5;
    private static final String UNKNOWN = "unknown";

    /**
     * Of this process.
     *
     * @param version of this mmrace
     * @param home the source tree
     */
    public static Manifest here(String version, Path home) {
        String machine = cpu() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
        String jdk = System.getProperty("java.vendor") + " " + Runtime.version();
        return new Manifest(
                version, commit(home), jdk, machine, Runtime.getRuntime().availableProcessors());
    }

    private static String cpu() {
        try {
            Optional<String> model = Files.readString(CPUS)
                    .lines()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
            return model.orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN + " processor";
        }
    }

    private static String commit(Path home) {
        try {
            Process git = new ProcessBuilder(
                            "git",
                            "-C",
                            home.toString(),
                            "describe",
                            "--always",
                            "--dirty",
                            "--abbrev=40",
                            "--exclude=*")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = git.waitFor(GIT_SECONDS, TimeUnit.SECONDS);
            return ended && git.exitValue() == 0 ? said : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN; // no git here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }

    /** By name, for JSON. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", version);
        json.put("commit", commit);
        json.put("jdk", jdk);
        json.put("machine", machine);
        json.put("cores", cores);
        return json;
    }
}

package org.mmrace.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildTest {
    private final Child child = new Child();
    private final List<String> lines = new ArrayList<>();

    @TempDir
    private Path dir;

    private Child.End run(String script, Path log, Runnable tick) throws IOException {
        return child.run(List.of("/bin/sh", "-c", script), dir, log, lines::add, tick);
    }

    @Test
    void bothStreamsAreHeardAndKept() throws IOException {
        Path log = dir.resolve("log");
        Child.End end = run("echo out; echo err >&2; exit 3", log, () -> {});
        assertThat(lines).containsExactlyInAnyOrder("out", "err");
        assertThat(Files.readAllLines(log)).isEqualTo(lines);
        assertThat(end.exitCode()).isEqualTo(3);
        assertThat(end.how()).isEqualTo("ended with exit code 3");
        assertThat(end.lost()).isNull();
    }

    @Test
    void signalIsNamedAndTheLastLinesAreKept() throws IOException {
        Child.End end = run("for i in $(seq 100); do echo $i; done; kill -9 $$", dir.resolve("log"), () -> {});
        assertThat(end.how()).isEqualTo("was ended by signal 9");
        assertThat(end.lastLines()).hasSizeLessThan(20).endsWith("99", "100");
    }

    @Test
    void outputThatCannotBeKeptIsHeardAllTheSame() throws IOException {
        Child.End end = run("echo out", dir.resolve("no/such/log"), () -> {});
        assertThat(lines).containsExactly("out");
        assertThat(end.lost()).contains("NoSuchFile");
    }

    @Test
    void interruptionEndsItAndWhatItStarted() throws IOException {
        Child.End end = run("tail -f /dev/null & echo $!; wait", dir.resolve("log"), child::interrupt);
        assertThat(end.exitCode()).isEqualTo(137);
        assertThat(child.interrupted()).isTrue();
        long grandchild = Long.parseLong(lines.get(0));
        ProcessHandle.of(grandchild).ifPresent(handle -> handle.onExit().join());
        assertThat(ProcessHandle.of(grandchild).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void interruptionBeforeTheStartEndsItAtOnce() throws IOException {
        child.interrupt();
        assertThat(run("exec tail -f /dev/null", dir.resolve("log"), () -> {}).exitCode())
                .isEqualTo(137);
    }

    @Test
    void programThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> child.run(List.of("/no/such"), dir, dir.resolve("log"), lines::add, () -> {}))
                .isInstanceOf(IOException.class);
    }
}

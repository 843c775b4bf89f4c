package org.mmrace.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkSearchTest {
    @TempDir
    private Path root;

    private Path jdk(String place, String version) throws IOException {
        Path home = root.resolve(place);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private JdkSearch search(Path... first) {
        return new JdkSearch(List.of(first), root, root.resolve("home/u"));
    }

    @Test
    void theOneThatRunsThisComesFirst() throws Exception {
        jdk("usr/lib/jvm/other", "17.0.1");
        assertThat(search(jdk("mine", "17.0.15")).find(17).version()).isEqualTo("17.0.15");
    }

    @Test
    void anotherVersionIsPassedOver() throws Exception {
        Path mine = jdk("mine", "25.0.3");
        Path found = jdk("home/u/.sdkman/candidates/java/17.0.9-tem", "17.0.9");
        assertThat(search(mine).find(17)).isEqualTo(new Jdk(found, "17.0.9"));
    }

    @Test
    void withoutOneTheMessageSaysWhatWasLookedAt() throws Exception {
        Path mine = jdk("mine", "25.0.3");
        Path old = jdk("usr/lib/jvm/jdk-11", "11.0.2");
        assertThatThrownBy(() -> search(mine).find(17))
                .isInstanceOf(VerifyException.class)
                .hasMessageContainingAll("no JDK 17 found", mine + " (JDK 25.0.3)", old + " (JDK 11.0.2)", "--jdk DIR");
    }

    @Test
    void directoryWithoutJavaIsNone() throws Exception {
        Path home = Files.createDirectories(root.resolve("usr/lib/jvm/empty"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17\"\n");
        assertThat(Jdk.in(home)).isEmpty();
        assertThat(Jdk.current().major()).isEqualTo(Runtime.version().feature());
    }
}

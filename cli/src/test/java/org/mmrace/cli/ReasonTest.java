package org.mmrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReasonTest {
    private static final Path OUT = Path.of("/nowhere/out");

    private static String writing(IOException failure) {
        return Reason.writing(OUT, failure);
    }

    @Test
    void reasonsAreWordsAndNoClasses() {
        assertThat(writing(new AccessDeniedException("/nowhere/out")))
                .isEqualTo("cannot write to /nowhere/out: permission denied");
        assertThat(writing(new FileAlreadyExistsException("/nowhere/out"))).endsWith("/nowhere/out: not a directory");
        assertThat(writing(new NoSuchFileException("/nowhere/out"))).endsWith("/nowhere/out: no such directory");
        assertThat(writing(new IOException("No space left on device")))
                .endsWith("/nowhere/out: no space left on device");
        assertThat(writing(new IOException())).endsWith("/nowhere/out: input/output error");
    }

    @Test
    void theFileIsSaidIfItIsAnotherOne() {
        assertThat(writing(new AccessDeniedException("/nowhere/out/explore.ndjson")))
                .isEqualTo("cannot write to /nowhere/out: /nowhere/out/explore.ndjson: permission denied");
        assertThat(writing(new FileSystemException("/nowhere/out/.x.12.tmp", "/nowhere/out/x.fail", "Is a directory")))
                .isEqualTo("cannot write to /nowhere/out: /nowhere/out/x.fail: is a directory");
    }

    @Test
    void aFileThatIsMadeAsATrialIsNotSaid() {
        assertThat(writing(new AccessDeniedException("/nowhere/out/.mmrace17.tmp")))
                .isEqualTo("cannot write to /nowhere/out: permission denied");
    }

    @Test
    void whatCannotBeReadIsSaidInTheSameWords() {
        assertThat(Reason.reading(Path.of("x.fail"), new AccessDeniedException("x.fail")))
                .isEqualTo("cannot read x.fail: permission denied");
        assertThat(Reason.reading(Path.of("x.fail"), new NoSuchFileException("x.fail")))
                .isEqualTo("cannot read x.fail: no such file");
        assertThat(Reason.of(new AccessDeniedException("x.scn"))).isEqualTo("x.scn: permission denied");
    }
}

package org.mmrace.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes failure files so that each is there as a whole or not at all, whatever happens to the process. Their mode is
 * that of any file, as the umask says: they are there to be handed on.
 */
public final class FailureFiles {
    private FailureFiles() {}

    /**
     * Writes {@code failure} into {@code directory}, which exists.
     *
     * @param version of this mmrace
     * @return where it is
     * @throws IOException when it cannot be written; then nothing of it is left
     */
    public static Path write(Path directory, Failure failure, String version) throws IOException {
        Path file = directory.resolve(failure.fileName());
        Path temporary = directory.resolve(
                "." + failure.fileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, CREATE, WRITE, TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(failure.text(version).getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}

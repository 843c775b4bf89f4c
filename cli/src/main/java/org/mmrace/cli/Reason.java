package org.mmrace.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a file could not be read or written: which file, and the reason in the words of {@code strerror(3)}. */
final class Reason {
    private static final String ERROR = "input/output error";

    private Reason() {}

    /** {@code "/tmp/x: permission denied"}; without the file where nobody says which one it was. */
    static String of(IOException failure) {
        String file = file(failure);
        return (file == null ? "" : file + ": ") + words(failure);
    }

    /** {@code "cannot read x.fail: permission denied"}. */
    static String reading(Path target, IOException failure) {
        return "cannot read " + target + ": " + words(failure);
    }

    /** {@code "cannot write to /tmp/out: no space left on device"}, with the file in it if that is another one. */
    static String writing(Path target, IOException failure) {
        Path absolute = target.toAbsolutePath().normalize();
        String file = file(failure);
        boolean other =
                file != null && !Path.of(file).toAbsolutePath().normalize().equals(absolute) && !isTried(file);
        return "cannot write to " + absolute + ": " + (other ? file + ": " : "")
                + (failure instanceof NoSuchFileException ? "no such directory" : words(failure));
    }

    /** Whether nobody asked for this file: it was made to see whether one can be. */
    private static boolean isTried(String file) {
        Path name = Path.of(file).getFileName();
        return name != null && name.toString().endsWith(".tmp");
    }

    /** The file that it is about; null where nobody says. */
    private static @Nullable String file(IOException failure) {
        if (!(failure instanceof FileSystemException about)) {
            return null;
        }
        return about.getOtherFile() == null ? about.getFile() : about.getOtherFile(); // a file is renamed to that
    }

    private static String words(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof NotDirectoryException || failure instanceof FileAlreadyExistsException) {
            return "not a directory";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "is a directory";
        }
        if (failure instanceof CharacterCodingException) {
            return "not a text file in UTF-8";
        }
        String reason = failure instanceof FileSystemException about ? about.getReason() : failure.getMessage();
        return reason == null || reason.isEmpty()
                ? ERROR
                : reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
    }
}

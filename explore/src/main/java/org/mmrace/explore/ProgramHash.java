package org.mmrace.explore;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names programs by what they say. */
public final class ProgramHash {
    private static final int BYTES = 4;

    private ProgramHash() {}

    /** The first 8 hexadecimal digits of the SHA-256 of {@code text}, which is everything that the program hangs on. */
    public static String of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

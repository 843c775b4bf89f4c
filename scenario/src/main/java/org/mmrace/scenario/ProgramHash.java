package org.mmrace.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.mmrace.script.Scenario;

/**
 * Tells whether a schedule is of this program: a hash of the canonical text of a scenario with its kernel, without what
 * no run depends on.
 */
public final class ProgramHash {
    private static final int BYTES = 8;

    private ProgramHash() {}

    /** 16 hexadecimal digits. Comments, title, interleaving and what the scenario violates make no difference. */
    public static String of(Scenario scenario) {
        String text = ScenarioPrinter.print(scenario.with(draft ->
                draft.comment(List.of()).title("").interleaving(List.of()).violates(List.of())));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

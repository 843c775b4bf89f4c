package org.mmrace.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What to say about an id that does not exist. */
final class Ids {
    private static final int SUGGESTIONS_MAX = 3;

    private Ids() {}

    /** {@code unknown fault 'B2'}, and what was perhaps meant. */
    static String unknown(String what, String text, List<String> known) {
        String wanted = text.toUpperCase(Locale.ROOT);
        String near = known.stream()
                .filter(id -> distance(wanted, id.toUpperCase(Locale.ROOT)) == 1)
                .limit(SUGGESTIONS_MAX)
                .collect(Collectors.joining(" or "));
        String all = known.get(0) + " to " + known.get(known.size() - 1);
        return "unknown " + what + " '" + text + "'; "
                + (near.isEmpty() ? "there are " + all : "did you mean " + near + "?");
    }

    /** 0 for the same word, 1 when one character is missing, too much, or another one; else 2. */
    private static int distance(String one, String other) {
        if (one.equals(other)) {
            return 0;
        }
        int same = 0;
        int shorter = Math.min(one.length(), other.length());
        while (same < shorter && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        String oneRest = one.substring(same);
        String otherRest = other.substring(same);
        boolean changed = tail(oneRest).equals(tail(otherRest)) && !oneRest.isEmpty() && !otherRest.isEmpty();
        boolean missing = oneRest.equals(tail(otherRest)) || otherRest.equals(tail(oneRest));
        return changed || missing ? 1 : 2;
    }

    private static String tail(String text) {
        return text.isEmpty() ? "" : text.substring(1);
    }
}

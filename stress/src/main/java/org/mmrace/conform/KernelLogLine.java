package org.mmrace.conform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A complaint in a kernel log.
 *
 * @param function that complained
 * @param site its file and line, as far as the log tells
 */
record KernelLogLine(String function, String site) {
    private static final Pattern FUNCTION = Pattern.compile("([A-Za-z_]\\w*)[\\w.]*\\+0x[0-9a-f]+/0x[0-9a-f]+");
    private static final Pattern SITE = Pattern.compile("[\\w./-]+\\.[chS]:\\d+");
    private static final String KERNEL_RIP = "RIP: 0010:";

    /** Reports that do not say which function prints them. */
    private static final Map<String, String> BY_TITLE = Map.of(
            "BUG: Bad page map", "print_bad_pte",
            "BUG: Bad page state", "bad_page",
            "BUG: Bad rss-counter state", "check_mm");

    /** The complaints among the lines; registers and the like are not. */
    static List<KernelLogLine> complaints(List<String> lines) {
        List<KernelLogLine> complaints = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.contains("WARNING:")) {
                complaints.add(at(line, line));
            } else if (line.contains("kernel BUG")) {
                complaints.add(at(line, kernelRip(lines.subList(i + 1, lines.size()))));
            } else {
                BY_TITLE.forEach((title, function) -> {
                    if (line.contains(title)) {
                        complaints.add(new KernelLogLine(function, function));
                    }
                });
            }
        }
        return complaints;
    }

    private static KernelLogLine at(String line, String withFunction) {
        Matcher site = SITE.matcher(line);
        String where = site.find() ? site.group() : line;
        Matcher function = FUNCTION.matcher(withFunction);
        return new KernelLogLine(function.find() ? function.group(1) : where, where);
    }

    /** Where the processor was when the kernel crashed: the title of a crash names only the file. */
    private static String kernelRip(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains(KERNEL_RIP))
                .findFirst()
                .orElse("");
    }
}

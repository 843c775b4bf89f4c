package org.mmrace.conform;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of a run: counts, and every difference. */
public final class ConformReport {
    private final List<CaseResult> results;
    private final Map<RecordedScope, Map<String, Count>> counts = new TreeMap<>();

    /** Counts the results. */
    public ConformReport(List<CaseResult> results) {
        this.results = List.copyOf(results);
        for (CaseResult result : this.results) {
            counts.computeIfAbsent(result.recorded().scope(), scope -> new TreeMap<>(ConformReport::compareVersions))
                    .merge(result.recorded().kernel(), Count.of(result), Count::plus);
        }
    }

    /**
     * How many cases there were.
     *
     * @param equal in how many of them the model did what was recorded
     */
    public record Count(int cases, int equal) {
        private static final Count NONE = new Count(0, 0);

        static Count of(CaseResult result) {
            return new Count(1, result.isEqual() ? 1 : 0);
        }

        static Count sum(Collection<Count> counts) {
            return counts.stream().reduce(NONE, Count::plus);
        }

        Count plus(Count other) {
            return new Count(cases + other.cases, equal + other.equal);
        }

        /** The others. */
        public int different() {
            return cases - equal;
        }
    }

    /** Of all scopes and kernels. */
    public Count total() {
        return Count.sum(counts.keySet().stream().map(this::of).toList());
    }

    /** Of one scope, on all kernels. */
    public Count of(RecordedScope scope) {
        return Count.sum(counts.getOrDefault(scope, Map.of()).values());
    }

    /** By scope and kernel, those that had cases. */
    Map<RecordedScope, Map<String, Count>> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** The cases with differences, in the order of the run. */
    List<CaseResult> different() {
        return results.stream().filter(result -> !result.isEqual()).toList();
    }

    /** All of them, in the order of the run. */
    public List<Difference> differences() {
        return results.stream().flatMap(result -> result.differences().stream()).toList();
    }

    /** 6.1 before 6.12 and 6.12 before 6.100; equal only to itself. */
    private static int compareVersions(String a, String b) {
        int order = Long.compare(number(a), number(b));
        return order != 0 ? order : a.compareTo(b);
    }

    /** The first two parts, which the reader has checked to be numbers. */
    private static long number(String version) {
        long number = 0;
        int dots = 0;
        for (int i = 0; i < version.length() && dots < 2; i++) {
            char c = version.charAt(i);
            if (c >= '0' && c <= '9') {
                number = number * 10 + (c - '0');
            } else {
                dots += c == '.' ? 1 : 2;
                number = dots == 1 ? number * 1_000_000 : number;
            }
        }
        return number;
    }
}

package org.mmrace.lincheck;

import java.util.Arrays;
import java.util.StringJoiner;

/** Rights per page; a VMA is a longest run of pages with the same rights. */
public final class VmaTreeSpecification {
    private static final int PAGES = 3;

    private enum Rights {
        NONE,
        R,
        RW
    }

    private final Rights[] pages = new Rights[PAGES];

    /** Nothing is mapped. */
    public VmaTreeSpecification() {
        Arrays.fill(pages, Rights.NONE);
    }

    /** As the operation. */
    public String insert(int page, int thread) {
        if (pages[page] != Rights.NONE) {
            return "-EEXIST";
        }
        pages[page] = Rights.RW;
        return "0";
    }

    /** As the operation. */
    public String remove(int page, int thread) {
        pages[page] = Rights.NONE;
        return "0";
    }

    /** As the operation. */
    public String protect(int page, boolean write, int thread) {
        if (pages[page] == Rights.NONE) {
            return "-ENOMEM";
        }
        pages[page] = write ? Rights.RW : Rights.R;
        return "0";
    }

    /** As the operation. */
    public boolean find(int page, int thread) {
        return pages[page] != Rights.NONE;
    }

    /** As the operation. */
    public String lockAndRead(int page, int thread) {
        if (pages[page] == Rights.NONE) {
            return "none";
        }
        int first = page;
        while (first > 0 && pages[first - 1] == pages[page]) {
            first--;
        }
        return text(first);
    }

    /** As the operation. */
    public String list(int thread) {
        StringJoiner all = new StringJoiner(" ");
        for (int page = 0; page < PAGES; page = end(page)) {
            if (pages[page] != Rights.NONE) {
                all.add(text(page));
            }
        }
        return all.toString();
    }

    private int end(int first) {
        int end = first + 1;
        while (end < PAGES && pages[end] == pages[first]) {
            end++;
        }
        return end;
    }

    private String text(int first) {
        return first + "-" + (end(first) - 1) + (pages[first] == Rights.RW ? "rw" : "r");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VmaTreeSpecification that && Arrays.equals(that.pages, pages);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pages);
    }
}

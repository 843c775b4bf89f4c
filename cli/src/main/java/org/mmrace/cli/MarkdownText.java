package org.mmrace.cli;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A page of the documentation for a terminal: plain text, wrapped, with its tables aligned. */
final class MarkdownText extends AbstractVisitor {
    private final StringBuilder out = new StringBuilder();
    private final int columnsMax;
    private String bullet = "";

    private MarkdownText(int columnsMax) {
        this.columnsMax = columnsMax;
    }

    /** The page as text; lines are at most {@code columnsMax} wide unless a word or a table needs more. */
    static String of(String markdown, int columnsMax) {
        MarkdownText text = new MarkdownText(columnsMax);
        Parser.builder()
                .extensions(List.of(TablesExtension.create()))
                .build()
                .parse(markdown)
                .accept(text);
        return text.out.toString().strip() + "\n";
    }

    @Override
    public void visit(Heading heading) {
        String words = words(heading);
        out.append(words).append('\n');
        out.append((heading.getLevel() == 1 ? "=" : "-").repeat(words.length())).append("\n\n");
    }

    @Override
    public void visit(Paragraph paragraph) {
        wrap(bullet, words(paragraph));
        if (bullet.isEmpty()) {
            out.append('\n');
        }
    }

    @Override
    public void visit(ListItem item) {
        bullet = "* ";
        visitChildren(item);
        bullet = "";
        if (item.getNext() == null) {
            out.append('\n');
        }
    }

    @Override
    public void visit(FencedCodeBlock code) {
        code.getLiteral()
                .lines()
                .forEach(line -> out.append("    ").append(line).append('\n'));
        out.append('\n');
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock) {
            Rows rows = new Rows();
            block.accept(rows);
            rows.all.removeIf(row -> row.stream().allMatch(String::isEmpty)); // the heads of a table without heads
            out.append(TextTables.of(rows.all, columnsMax)).append('\n');
        } else {
            visitChildren(block);
        }
    }

    private void wrap(String first, String words) {
        int column = first.length();
        out.append(first);
        String indent = " ".repeat(first.length());
        for (String word : words.split(" ", -1)) {
            if (column > indent.length() && column + 1 + word.length() > columnsMax) {
                out.append('\n').append(indent);
                column = indent.length();
            } else if (column > indent.length()) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
        }
        out.append('\n');
    }

    private static String words(Node node) {
        Words words = new Words();
        node.accept(words);
        return words.text.toString();
    }

    /** The words inside a block; of a link its text. */
    private static final class Words extends AbstractVisitor {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void visit(Text node) {
            text.append(node.getLiteral());
        }

        @Override
        public void visit(Code node) {
            text.append(node.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak node) {
            text.append(' ');
        }
    }

    /** The cells of a table. */
    private static final class Rows extends AbstractVisitor {
        private final List<List<String>> all = new ArrayList<>();

        @Override
        public void visit(org.commonmark.node.CustomNode node) {
            if (node instanceof TableRow) {
                all.add(new ArrayList<>());
            } else if (node instanceof TableCell) {
                all.get(all.size() - 1).add(words(node));
                return;
            }
            visitChildren(node);
        }
    }
}

package org.mmrace.matrix;

import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A matrix as a page that opens from the disk: no script, no network. */
final class MatrixHtml {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>mmrace: who finds which fault</title>
            <style>
            body { font: 15px/1.4 system-ui, sans-serif; margin: 2em; color: #222; background: #fff; }
            table { border-collapse: collapse; }
            th, td { border: 1px solid #bbb; padding: 2px 8px; text-align: left; white-space: nowrap; }
            thead th { position: sticky; top: 0; background: #eee; }
            @media (prefers-color-scheme: dark) {
              body { color: #ddd; background: #1b1b1b; }
              thead th { background: #333; }
            }
            </style>
            </head>
            <body>
            <h1>Who finds which fault</h1>
            """;

    private MatrixHtml() {}

    /**
     * The page of a table in Markdown.
     *
     * @param figures where they are, relative to the page
     */
    static String of(String markdown, List<String> figures) {
        List<Extension> extensions = List.of(TablesExtension.create());
        String body = HtmlRenderer.builder()
                .extensions(extensions)
                .escapeHtml(true)
                .build()
                .render(Parser.builder().extensions(extensions).build().parse(markdown));
        return HEAD + body + figures(figures) + "</body>\n</html>\n";
    }

    private static String figures(List<String> figures) {
        if (figures.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<h2>Survival curves of the strategies</h2>\n<p><img src=\"")
                .append(MatrixFigures.ALL)
                .append("\" alt=\"the share of attempts that have found nothing, over executions\"></p>\n<p>");
        for (String figure : figures) {
            html.append("<a href=\"")
                    .append(figure)
                    .append("\">")
                    .append(name(figure))
                    .append("</a>\n");
        }
        return html.append("</p>\n").toString();
    }

    private static String name(String figure) {
        return figure.equals(MatrixFigures.ALL) ? "all faults" : figure.replaceAll(".*/|\\.svg$", "");
    }
}

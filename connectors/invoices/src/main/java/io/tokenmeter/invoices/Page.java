package io.tokenmeter.invoices;

import io.tokenmeter.documents.Node;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.reconcile.BilledLine;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A page of an API's answer, as both providers make it: {@code data} is a list of buckets of time,
 * each with a list of {@code results}. Several pages may stand in one list.
 */
final class Page {
  private final List<Node.Mapping> buckets = new ArrayList<>();
  private boolean complete = true;

  /** Reads a result of a bucket. */
  interface ResultReader {
    BilledLine read(LocalDate day, Node.Mapping result) throws UnreadableDocumentException;
  }

  /**
   * Opens a page.
   *
   * @throws UnreadableDocumentException if it is none
   */
  Page(Node root) throws UnreadableDocumentException {
    if (root instanceof Node.Sequence pages) {
      for (Node page : pages.items()) {
        add(page);
      }
    } else {
      add(root);
    }
  }

  private void add(Node node) throws UnreadableDocumentException {
    if (!(node instanceof Node.Mapping page) || !(page.get("data") instanceof Node.Sequence data)) {
      throw new UnreadableDocumentException(
          node.line(), "no page of usage or costs: there is no list under 'data'");
    }
    for (Node bucket : data.items()) {
      if (!(bucket instanceof Node.Mapping mapping)) {
        throw new UnreadableDocumentException(
            bucket.line(), "a bucket is a mapping, not " + bucket.kind());
      }
      buckets.add(mapping);
    }
    complete = !"true".equals(page.text("has_more"));
  }

  /** What this page is, as far as its fields say it; null where it has no results. */
  @Nullable InvoiceFormat format() throws UnreadableDocumentException {
    for (Node.Mapping bucket : buckets) {
      for (Node.Mapping result : results(bucket)) {
        boolean costs = result.get("amount") != null;
        if (bucket.get("start_time") != null) {
          return costs ? InvoiceFormat.OPENAI_COSTS : InvoiceFormat.OPENAI_USAGE;
        }
        return costs ? InvoiceFormat.ANTHROPIC_COSTS : InvoiceFormat.ANTHROPIC_USAGE;
      }
    }
    return null;
  }

  /**
   * Reads all results.
   *
   * @param start name of the field with the start of a bucket
   */
  Invoice read(InvoiceFormat format, String start, ResultReader reader)
      throws UnreadableDocumentException {
    List<BilledLine> lines = new ArrayList<>();
    Set<LocalDate> days = new TreeSet<>();
    for (Node.Mapping bucket : buckets) {
      LocalDate day = Values.day(bucket.text(start), start, bucket.line());
      days.add(day);
      for (Node.Mapping result : results(bucket)) {
        lines.add(reader.read(day, result));
      }
    }
    return new Invoice(format, lines, days, complete, List.of());
  }

  private static List<Node.Mapping> results(Node.Mapping bucket)
      throws UnreadableDocumentException {
    if (!(bucket.get("results") instanceof Node.Sequence sequence)) {
      throw new UnreadableDocumentException(
          bucket.line(), "a bucket has a list under 'results', and this one has none");
    }
    List<Node.Mapping> results = new ArrayList<>();
    for (Node item : sequence.items()) {
      if (!(item instanceof Node.Mapping result)) {
        throw new UnreadableDocumentException(
            item.line(), "a result is a mapping, not " + item.kind());
      }
      results.add(result);
    }
    return results;
  }
}

package io.tokenmeter.cli.reconcile;

import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.invoices.Invoice;
import java.util.Locale;

/** Gives the names of a model in events and in exports the one name of its price row. */
final class ModelNames {
  private final PriceBook book;
  private final String provider;

  ModelNames(PriceBook book, String provider) {
    this.book = book;
    this.provider = provider;
  }

  /**
   * The model that a name stands for: by the price book's names, aliases and patterns, also for a
   * name as people write it, such as Claude Haiku 4.5; otherwise the name itself.
   */
  String of(String name) {
    if (name.equals(Invoice.FEES)) {
      return name;
    }
    return book.modelOf(provider, name)
        .or(() -> book.modelOf(provider, name.toLowerCase(Locale.ROOT).replaceAll("[ .]+", "-")))
        .orElse(name);
  }

  /** Whether the price book has a price of the provider for a model. */
  boolean isPriced(String name) {
    return book.hasAnyRowFor(provider, name);
  }
}

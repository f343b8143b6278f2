package io.tokenmeter.domain.price;

import io.tokenmeter.domain.usage.BillableUsage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All price rows, and the answer to the question which one prices an event. Immutable and safe for
 * use by many threads; a change makes a new book.
 *
 * <p>Of the rows of the event's provider that match its model, region, project and team and cover
 * its time, the first wins in this order: overrides (project, then team) before list prices, a row
 * for the region before one for all, the closest match of the model's name, the latest start.
 */
public final class PriceBook {

  public static final PriceBook EMPTY = new PriceBook(Map.of());

  private final Map<String, PricedBy> rows;

  /** Made at the first question, since a book that is being filled is asked nothing. */
  private volatile @Nullable Map<String, ProviderRows> providers;

  private PriceBook(Map<String, PricedBy> rows) {
    this.rows = rows;
  }

  /**
   * A book of these rows. Of two rows with one key the later stands.
   *
   * @throws IllegalArgumentException if a row cannot be used, see {@link PricedBy}
   */
  public static PriceBook of(Collection<PriceRow> rows) {
    return ofPriced(rows.stream().map(PricedBy::new).toList());
  }

  /** A book of rows that are worked out already, which is what takes the time. */
  public static PriceBook ofPriced(Collection<PricedBy> rows) {
    Map<String, PricedBy> byKey = new HashMap<>();
    rows.forEach(priced -> byKey.put(priced.key(), priced));
    return new PriceBook(byKey);
  }

  /** This book with the row in place of the one with its key; throws as {@link #of}. */
  public PriceBook with(PriceRow row) {
    PricedBy priced = new PricedBy(row);
    Map<String, PricedBy> byKey = new HashMap<>(rows);
    byKey.put(priced.key(), priced);
    return new PriceBook(byKey);
  }

  /** This book without the row of this key; itself if there is none. */
  public PriceBook without(String key) {
    if (!rows.containsKey(key)) {
      return this;
    }
    Map<String, PricedBy> byKey = new HashMap<>(rows);
    byKey.remove(key);
    return new PriceBook(byKey);
  }

  /** The row that prices the event as of its own time. */
  public Optional<PricedBy> find(BillableUsage usage) {
    for (PricedBy candidate : candidates(usage.provider(), usage.model())) {
      if (candidate.appliesTo(usage)) {
        return candidate.asFound();
      }
    }
    return Optional.empty();
  }

  /** Whether any row names the model, whatever its dates, region, project and team. */
  public boolean hasAnyRowFor(String provider, String model) {
    return candidates(provider, model).length > 0;
  }

  /**
   * The model of the row that names a model the closest, whatever its dates, region, project and
   * team: what a dated name or an alias stands for.
   */
  public Optional<String> modelOf(String provider, String name) {
    PricedBy[] candidates = candidates(provider, name);
    return candidates.length == 0 ? Optional.empty() : Optional.of(candidates[0].row().model());
  }

  /** The row of this key, or null. */
  public @Nullable PriceRow get(String key) {
    PricedBy priced = rows.get(key);
    return priced == null ? null : priced.row();
  }

  /** All rows, in no particular order. */
  public List<PriceRow> rows() {
    return rows.values().stream().map(PricedBy::row).toList();
  }

  public int size() {
    return rows.size();
  }

  private PricedBy[] candidates(String provider, String model) {
    Map<String, ProviderRows> known = providers;
    if (known == null) {
      known = byProvider(rows.values());
      providers = known;
    }
    ProviderRows ofProvider = known.get(provider);
    if (ofProvider == null) {
      ofProvider = known.get(lowerCase(provider));
    }
    return ofProvider == null ? ProviderRows.NONE : ofProvider.candidates(model);
  }

  private static Map<String, ProviderRows> byProvider(Collection<PricedBy> rows) {
    Map<String, List<PricedBy>> lists = new HashMap<>();
    for (PricedBy priced : rows) {
      Set<String> names = new LinkedHashSet<>();
      names.add(lowerCase(priced.row().provider()));
      priced.row().providerAliases().forEach(alias -> names.add(lowerCase(alias)));
      names.forEach(name -> lists.computeIfAbsent(name, n -> new ArrayList<>()).add(priced));
    }
    Map<String, ProviderRows> providers = new HashMap<>();
    lists.forEach((name, list) -> providers.put(name, new ProviderRows(list)));
    return providers;
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}

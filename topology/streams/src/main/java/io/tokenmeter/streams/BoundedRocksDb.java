package io.tokenmeter.streams;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all RocksDB stores of the process by one block cache and one write-buffer
 * manager.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
  static {
    RocksDB.loadLibrary();
  }

  private static @Nullable Cache cache;
  private static @Nullable WriteBufferManager writeBuffers;

  private final BloomFilter bloomFilter = new BloomFilter();

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> settings) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(sharedCache(settings));
    // Indexes and filters count against the cache, so that it bounds everything.
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    table.setFilterPolicy(bloomFilter);
    options.setWriteBufferManager(sharedWriteBuffers(settings));
    options.setTableFormatConfig(table);
  }

  @Override
  public void close(String storeName, Options options) {
    // Cache and write buffers are shared and stay; closing them would take them from other stores.
    bloomFilter.close();
  }

  private static synchronized Cache sharedCache(Map<String, Object> settings) {
    if (cache == null) {
      cache = new LRUCache(bytes(settings, TokenmeterConfig.ROCKSDB_CACHE_BYTES), -1, false, 0.1);
    }
    return cache;
  }

  private static synchronized WriteBufferManager sharedWriteBuffers(Map<String, Object> settings) {
    if (writeBuffers == null) {
      writeBuffers =
          new WriteBufferManager(
              bytes(settings, TokenmeterConfig.ROCKSDB_WRITE_BUFFER_BYTES), sharedCache(settings));
    }
    return writeBuffers;
  }

  private static long bytes(Map<String, Object> settings, String name) {
    return (Long) ConfigDef.parseType(name, settings.get(name), ConfigDef.Type.LONG);
  }
}

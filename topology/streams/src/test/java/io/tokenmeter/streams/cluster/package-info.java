/** What tests on a real broker and registry need: an application's topics, settings and lives. */
package io.tokenmeter.streams.cluster;

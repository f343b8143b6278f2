/** The application on a real broker and registry, with everything happening to it that can. */
package io.tokenmeter.streams.faults;

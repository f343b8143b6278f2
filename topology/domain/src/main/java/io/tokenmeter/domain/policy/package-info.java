/** How each detector judges each subject: settings, patterns of subjects, and what follows. */
@NullMarked
package io.tokenmeter.domain.policy;

import org.jspecify.annotations.NullMarked;

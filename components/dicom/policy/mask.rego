# METADATA
# description: |
#   Removes the request from decision logs: headers hold tokens; path, query and body name patients and their studies.
#   What is logged is the decision, its reasons, the clinic and the transaction.
package system.log

import rego.v1

mask contains "/input"

mask contains "/nd_builtin_cache"

// The whole of Debian's libyaml, as the module CYAML.
#include <yaml.h>

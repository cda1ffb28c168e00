#include "engine/codec/codec.h"

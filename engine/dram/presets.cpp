#include "engine/dram/presets.h"

#include "engine/base/error.h"
#include "engine/dram/dramsim2/files.h"
#include "engine/dram/dramsim3/files.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace engine::dram {

namespace {

// As the simulators ship them, key for key, spelling mistakes included.
constexpr std::array<Preset, 25> table = { {
    { "DDR2_micron_16M_8b_x8_sg3E", Model::DramSim2,
      "NUM_BANKS=8 NUM_ROWS=16384 NUM_COLS=1024 DEVICE_WIDTH=8 REFRESH_PERIOD=7800 tCK=3 CL=4 AL=0 BL=4 "
      "tRAS=14 tRCD=4 tRRD=3 tRC=18 tRP=4 tCCD=2 tRTP=3 tWTR=3 tWR=5 tRTRS=1 tRFC=43 tFAW=13 tCKE=3 tXP=2 "
      "tCMD=1 IDD0=85 IDD1=100 IDD2P=7 IDD2Q=40 IDD2N=40 IDD3Pf=30 IDD3Ps=10 IDD3N=55 IDD4W=135 IDD4R=135 "
      "IDD5=215 IDD6=7 IDD6L=5 IDD7=280 Vdd=1.8" },
    { "DDR2_micron_32M_4B_x4_sg3E", Model::DramSim2,
      "NUM_BANKS=4 NUM_ROWS=16384 NUM_COLS=2048 DEVICE_WIDTH=4 REFRESH_PERIOD=7800 tCK=3 CL=4 AL=0 BL=4 "
      "tRAS=14 tRCD=4 tRRD=3 tRC=18 tRP=4 tCCD=2 tRTP=3 tWTR=3 tWR=5 tRTRS=1 tRFC=35 tFAW=13 tCKE=3 tXP=2 "
      "tCMD=1 IDD0=90 IDD1=105 IDD2P=7 IDD2Q=45 IDD2N=50 IDD3Pf=35 IDD3Ps=12 IDD3N=65 IDD4W=170 IDD4R=180 "
      "IDD5=180 IDD6=7 IDD6L=3 IDD7=240 Vdd=1.8" },
    { "DDR2_micron_32M_8B_x4_sg25E", Model::DramSim2,
      "NUM_BANKS=8 NUM_ROWS=16384 NUM_COLS=2048 DEVICE_WIDTH=4 REFRESH_PERIOD=7800 tCK=2.5 CL=5 AL=0 BL=4 "
      "tRAS=18 tRCD=5 tRRD=3 tRC=23 tRP=5 tCCD=2 tRTP=3 tWTR=3 tWR=6 tRTRS=1 tRFC=51 tFAW=14 tCKE=3 tXP=2 "
      "tCMD=1 IDD0=90 IDD1=110 IDD2P=7 IDD2Q=45 IDD2N=50 IDD3Pf=35 IDD3Ps=12 IDD3N=60 IDD4W=145 IDD4R=145 "
      "IDD5=235 IDD6=7 IDD6L=3 IDD7=335 Vdd=1.8" },
    { "DDR3_micron_16M_8B_x8_sg15", Model::DramSim2,
      "NUM_BANKS=8 NUM_ROWS=16384 NUM_COLS=1024 DEVICE_WIDTH=16 REFRESH_PERIOD=7800 tCK=1.5 CL=10 AL=0 BL=8 "
      "tRAS=24 tRCD=10 tRRD=4 tRC=34 tRP=10 tCCD=4 tRTP=5 tWTR=5 tWR=10 tRTRS=1 tRFC=74 tFAW=20 tCKE=4 "
      "tXP=4 tCMD=1 IDD0=110 IDD1=130 IDD2P=12 IDD2Q=60 IDD2N=65 IDD3Pf=40 IDD3Ps=40 IDD3N=62 IDD4W=220 "
      "IDD4R=200 IDD5=240 IDD6=6 IDD6L=9 IDD7=490 Vdd=1.5" },
    { "DDR3_micron_32M_8B_x4_sg125", Model::DramSim2,
      "NUM_BANKS=8 NUM_ROWS=16384 NUM_COLS=2048 DEVICE_WIDTH=4 REFRESH_PERIOD=7800 tCK=1.25 CL=11 AL=0 BL=8 "
      "tRAS=28 tRCD=11 tRRD=5 tRC=39 tRP=11 tCCD=4 tRTP=6 tWTR=6 tWR=12 tRTRS=1 tRFC=88 tFAW=24 tCKE=4 "
      "tXP=5 tCMD=1 IDD0=95 IDD1=115 IDD2P=45 IDD2Q=67 IDD2N=70 IDD3Pf=45 IDD3Ps=45 IDD3N=67 IDD4W=250 "
      "IDD4R=250 IDD5=260 IDD6=6 IDD6L=6 IDD7=400 Vdd=1.5" },
    { "DDR3_micron_32M_8B_x4_sg15", Model::DramSim2,
      "NUM_BANKS=8 NUM_ROWS=16384 NUM_COLS=2048 DEVICE_WIDTH=4 REFRESH_PERIOD=7800 tCK=1.5 CL=10 AL=0 BL=8 "
      "tRAS=24 tRCD=10 tRRD=4 tRC=34 tRP=10 tCCD=4 tRTP=5 tWTR=5 tWR=10 tRTRS=1 tRFC=74 tFAW=20 tCKE=4 "
      "tXP=4 tCMD=1 IDD0=85 IDD1=105 IDD2P=12 IDD2Q=60 IDD2N=65 IDD3Pf=40 IDD3Ps=40 IDD3N=62 IDD4W=220 "
      "IDD4R=200 IDD5=240 IDD6=6 IDD6L=9 IDD7=315 Vdd=1.5" },
    { "DDR3_micron_32M_8B_x8_sg15", Model::DramSim2,
      "NUM_BANKS=8 NUM_ROWS=32768 NUM_COLS=1024 DEVICE_WIDTH=8 REFRESH_PERIOD=7800 tCK=1.5 CL=10 AL=0 BL=8 "
      "tRAS=24 tRCD=10 tRRD=4 tRC=34 tRP=10 tCCD=4 tRTP=5 tWTR=5 tWR=10 tRTRS=1 tRFC=107 tFAW=20 tCKE=4 "
      "tXP=4 tCMD=1 IDD0=130 IDD1=155 IDD2P=10 IDD2Q=70 IDD2N=70 IDD3Pf=60 IDD3Ps=60 IDD3N=90 IDD4W=300 "
      "IDD4R=255 IDD5=305 IDD6=9 IDD6L=12 IDD7=460 Vdd=1.5" },
    { "DDR3_micron_32M_8B_x8_sg25E", Model::DramSim2,
      "NUM_BANKS=8 NUM_ROWS=32768 NUM_COLS=1024 DEVICE_WIDTH=8 REFRESH_PERIOD=7800 tCK=2.5 CL=5 AL=0 BL=8 "
      "tRAS=15 tRCD=5 tRRD=4 tRC=20 tRP=5 tCCD=4 tRTP=4 tWTR=4 tWR=6 tRTRS=1 tRFC=64 tFAW=16 tCKE=3 tXP=3 "
      "tCMD=1 IDD0=100 IDD1=115 IDD2P=10 IDD2Q=50 IDD2N=50 IDD3Pf=45 IDD3Ps=45 IDD3N=65 IDD4W=230 IDD4R=195 "
      "IDD5=275 IDD6=9 IDD6L=12 IDD7=400 Vdd=1.5" },
    { "DDR3_micron_64M_8B_x4_sg15", Model::DramSim2,
      "NUM_BANKS=8 NUM_ROWS=32768 NUM_COLS=2048 DEVICE_WIDTH=4 REFRESH_PERIOD=7800 tCK=1.5 CL=10 AL=0 BL=8 "
      "tRAS=24 tRCD=10 tRRD=4 tRC=34 tRP=10 tCCD=4 tRTP=5 tWTR=5 tWR=10 tRTRS=1 tRFC=107 tFAW=20 tCKE=4 "
      "tXP=4 tCMD=1 IDD0=100 IDD1=130 IDD2P=10 IDD2Q=70 IDD2N=70 IDD3Pf=60 IDD3Ps=60 IDD3N=90 IDD4W=255 "
      "IDD4R=230 IDD5=305 IDD6=9 IDD6L=12 IDD7=415 Vdd=1.5" },
    { "DDR3_micron_8M_8B_x16_sg15", Model::DramSim2,
      "NUM_BANKS=8 NUM_ROWS=8192 NUM_COLS=1024 DEVICE_WIDTH=16 REFRESH_PERIOD=7800 tCK=1.5 CL=10 AL=0 BL=8 "
      "tRAS=24 tRCD=10 tRRD=4 tRC=34 tRP=10 tCCD=4 tRTP=5 tWTR=5 tWR=10 tRTRS=1 tRFC=74 tFAW=20 tCKE=4 "
      "tXP=4 tCMD=1 IDD0=110 IDD1=150 IDD2P=12 IDD2Q=60 IDD2N=65 IDD3Pf=40 IDD3Ps=40 IDD3N=60 IDD4W=355 "
      "IDD4R=290 IDD5=240 IDD6=6 IDD6L=9 IDD7=420 Vdd=1.5" },
    { "DDR3_1Gb_x8_1333", Model::DramSim3,
      "protocol=DDR3 bankgroups=1 banks_per_group=8 rows=16384 columns=1024 device_width=8 BL=8 tCK=1.5 "
      "AL=0 CL=10 CWL=7 tRCD=10 tRP=10 tRAS=24 tRFC=74 tREFI=5200 tRPRE=1 tWPRE=1 tRRD_S=4 tWTR_S=5 tFAW=20 "
      "tWR=10 tCCD_S=4 tRTP=5 tCKE=4 tCKESR=1 tXS=81 tXP=5 tRTRS=1 VDD=1.35 IDD0=33 IDD2P=12 IDD2N=17 "
      "IDD3P=14 IDD3N=23 IDD4W=77 IDD4R=72 IDD5AB=155 IDD6x=12 channel_size=2048 channels=1 bus_width=64 "
      "address_mapping=rochrababgco queue_structure=PER_BANK trans_queue_size=32 row_buf_policy=OPEN_PAGE "
      "cmd_queue_size=8" },
    { "DDR3_4Gb_x8_1600", Model::DramSim3,
      "protocol=DDR3 bankgroups=1 banks_per_group=8 rows=65536 columns=1024 device_width=8 BL=8 tCK=1.25 "
      "AL=0 CL=11 CWL=8 tRCD=11 tRP=11 tRAS=28 tRFC=208 tRFC2=208 tRFC4=208 REFI=6240 tRPRE=0 tWPRE=0 "
      "tRRD_S=5 tRRD_L=5 tWTR_S=6 tWTR_L=6 tFAW=24 tWR=12 tWR2=12 tRTP=6 tCCD_S=4 tCCD_L=4 tCKE=4 tCKESR=5 "
      "tXS=216 tXP=5 tRTRS=1 VDD=1.35 IDD0=55 IPP0=0.0 IDD2P=18 IDD2N=32 IDD3P=38 IDD3N=38 IDD4W=125 "
      "IDD4R=157 IDD5AB=235 IDD6x=20 channel_size=8192 channels=1 bus_width=64 address_mapping=rochrababgco "
      "queue_structure=PER_BANK refresh_policy=RANK_LEVEL_STAGGERED row_buf_policy=OPEN_PAGE "
      "cmd_queue_size=8 trans_queue_size=32" },
    { "DDR4_4Gb_x8_2400", Model::DramSim3,
      "protocol=DDR4 bankgroups=4 banks_per_group=4 rows=32768 columns=1024 device_width=8 BL=8 tCK=0.83 "
      "AL=0 CL=17 CWL=12 tRCD=17 tRP=17 tRAS=39 tRFC=312 tRFC2=192 tRFC4=132 tREFI=9360 tRPRE=1 tWPRE=1 "
      "tRRD_S=4 tRRD_L=6 tWTR_S=3 tWTR_L=9 tFAW=26 tWR=18 tWR2=19 tRTP=9 tCCD_S=4 tCCD_L=6 tCKE=6 tCKESR=7 "
      "tXS=324 tXP=8 tRTRS=1 VDD=1.2 IDD0=60 IPP0=3.0 IDD2P=29 IDD2N=45 IDD3P=40 IDD3N=60 IDD4W=175 "
      "IDD4R=145 IDD5AB=175 IDD6x=20 channel_size=8192 channels=1 bus_width=64 address_mapping=rochrababgco "
      "queue_structure=PER_BANK refresh_policy=RANK_LEVEL_STAGGERED row_buf_policy=OPEN_PAGE "
      "cmd_queue_size=8 trans_queue_size=32" },
    { "DDR4_8Gb_x8_3200", Model::DramSim3,
      "protocol=DDR4 bankgroups=4 banks_per_group=4 rows=65536 columns=1024 device_width=8 BL=8 tCK=0.63 "
      "AL=0 CL=22 CWL=16 tRCD=22 tRP=22 tRAS=52 tRFC=560 tRFC2=416 tRFC4=256 tREFI=12480 tRPRE=1 tWPRE=1 "
      "tRRD_S=4 tRRD_L=8 tWTR_S=4 tWTR_L=12 tFAW=34 tWR=24 tWR2=25 tRTP=12 tCCD_S=4 tCCD_L=8 tCKE=8 "
      "tCKESR=9 tXS=576 tXP=10 tRTRS=1 VDD=1.2 IDD0=57 IPP0=3.0 IDD2P=25 IDD2N=37 IDD3P=43 IDD3N=52 "
      "IDD4W=150 IDD4R=168 IDD5AB=250 IDD6x=30 channel_size=16384 channels=1 bus_width=64 "
      "address_mapping=rochrababgco queue_structure=PER_BANK refresh_policy=RANK_LEVEL_STAGGERED "
      "row_buf_policy=OPEN_PAGE cmd_queue_size=8 trans_queue_size=32" },
    { "LPDDR4_8Gb_x16_2400", Model::DramSim3,
      "protocol=LPDDR4 bankgroups=2 banks_per_group=4 rows=65536 columns=1024 device_width=16 BL=16 "
      "tCK=0.83 AL=0 CL=17 CWL=14 tRCD=15 tRP=15 tRAS=32 tRFC=392 tRFC2=268 tRFC4=172 tREFI=8660 tRPRE=1 "
      "tWPRE=1 tRRD_S=8 tRRD_L=8 tWTR_S=8 tWTR_L=16 tFAW=32 tWR=30 tWR2=32 tRTP=12 tCCD_S=4 tCCD_L=6 tCKE=6 "
      "tCKESR=7 tXS=432 tXP=6 tRTRS=1 tPPD=2 VDD=1.2 IDD0=80 IPP0=4.0 IDD2P=25 IDD2N=34 IDD3P=41 IDD3N=47 "
      "IDD4W=228 IDD4R=243 IDD5AB=280 IDD6x=30 channel_size=8192 channels=1 bus_width=64 "
      "address_mapping=rochrababgco queue_structure=PER_BANK refresh_policy=RANK_LEVEL_STAGGERED "
      "row_buf_policy=OPEN_PAGE cmd_queue_size=8 trans_queue_size=32" },
    { "HBM2_8Gb_x128", Model::DramSim3,
      "protocol=HBM bankgroups=4 banks_per_group=4 rows=32768 columns=64 device_width=128 BL=4 num_dies=4 "
      "tCK=1 CL=14 CWL=4 tRCDRD=14 tRCDWR=14 tRP=14 tRAS=34 tRFC=260 tREFI=3900 tREFIb=128 tRPRE=1 tWPRE=1 "
      "tRRD_S=4 tRRD_L=6 tWTR_S=6 tWTR_L=8 tFAW=30 tWR=16 tCCD_S=1 tCCD_L=2 tXS=268 tCKE=8 tCKSRE=10 tXP=8 "
      "tRTP_L=6 tRTP_S=4 VDD=1.2 IDD0=65 IDD2P=28 IDD2N=40 IDD3P=40 IDD3N=55 IDD4W=500 IDD4R=390 IDD5AB=250 "
      "IDD6x=31 channel_size=1024 channels=8 bus_width=128 address_mapping=rorabgbachco "
      "queue_structure=PER_BANK row_buf_policy=OPEN_PAGE cmd_queue_size=8 trans_queue_size=32 "
      "unified_queue=False" },
    { "DDR3_8Gb_x8_1600", Model::DramSim3,
      "protocol=DDR3 bankgroups=1 banks_per_group=8 rows=65536 columns=2048 device_width=8 BL=8 tCK=1.25 "
      "AL=0 CL=11 CWL=8 tRCD=11 tRP=11 tRAS=28 tRFC=280 tRFC2=280 tRFC4=280 REFI=6240 tRPRE=0 tWPRE=0 "
      "tRRD_S=6 tRRD_L=6 tWTR_S=6 tWTR_L=6 tFAW=32 tWR=12 tWR2=12 tRTP=6 tCCD_S=4 tCCD_L=4 tCKE=4 tCKESR=5 "
      "tXS=288 tXP=5 tRTRS=1 VDD=1.35 IDD0=67 IPP0=0.0 IDD2P=11 IDD2N=36 IDD3P=36 IDD3N=51 IDD4W=125 "
      "IDD4R=125 IDD5AB=245 IDD6x=24 channel_size=16384 channels=1 bus_width=64 "
      "address_mapping=rochrababgco queue_structure=PER_BANK refresh_policy=RANK_LEVEL_STAGGERED "
      "row_buf_policy=OPEN_PAGE cmd_queue_size=8 trans_queue_size=32" },
    { "DDR4_8Gb_x8_2400", Model::DramSim3,
      "protocol=DDR4 bankgroups=4 banks_per_group=4 rows=65536 columns=1024 device_width=8 BL=8 tCK=0.83 "
      "AL=0 CL=17 CWL=12 tRCD=17 tRP=17 tRAS=39 tRFC=420 tRFC2=312 tRFC4=192 tREFI=9360 tRPRE=1 tWPRE=1 "
      "tRRD_S=4 tRRD_L=6 tWTR_S=3 tWTR_L=9 tFAW=26 tWR=18 tWR2=19 tRTP=9 tCCD_S=4 tCCD_L=6 tCKE=6 tCKESR=7 "
      "tXS=432 tXP=8 tRTRS=1 VDD=1.2 IDD0=48 IPP0=3.0 IDD2P=25 IDD2N=34 IDD3P=37 IDD3N=43 IDD4W=123 "
      "IDD4R=135 IDD5AB=250 IDD6x=30 channel_size=16384 channels=1 bus_width=64 "
      "address_mapping=rochrababgco queue_structure=PER_BANK refresh_policy=RANK_LEVEL_STAGGERED "
      "row_buf_policy=OPEN_PAGE cmd_queue_size=8 trans_queue_size=32" },
    { "DDR4_8Gb_x16_3200", Model::DramSim3,
      "protocol=DDR4 bankgroups=2 banks_per_group=4 rows=65536 columns=1024 device_width=16 BL=8 tCK=0.63 "
      "AL=0 CL=22 CWL=16 tRCD=22 tRP=22 tRAS=52 tRFC=560 tRFC2=416 tRFC4=256 tREFI=12480 tRPRE=1 tWPRE=1 "
      "tRRD_S=9 tRRD_L=11 tWTR_S=4 tWTR_L=12 tFAW=48 tWR=24 tWR2=25 tRTP=12 tCCD_S=4 tCCD_L=8 tCKE=8 "
      "tCKESR=9 tXS=576 tXP=10 tRTRS=1 VDD=1.2 IDD0=95 IPP0=4.0 IDD2P=25 IDD2N=37 IDD3P=47 IDD3N=56 "
      "IDD4W=278 IDD4R=302 IDD5AB=280 IDD6x=30 channel_size=8192 channels=1 bus_width=64 "
      "address_mapping=rochrababgco queue_structure=PER_BANK refresh_policy=RANK_LEVEL_STAGGERED "
      "row_buf_policy=OPEN_PAGE cmd_queue_size=8 trans_queue_size=32" },
    { "LPDDR3_8Gb_x32_1600", Model::DramSim3,
      "protocol=LPDDR3 bankgroups=1 banks_per_group=8 rows=32768 columns=1024 device_width=32 BL=8 tCK=1.25 "
      "AL=0 CL=12 CWL=9 tRCD=15 tRP=15 tRAS=34 tRFC=168 tRFCb=72 tRFC2=168 tRFC4=168 REFI=3120 tREFIb=390 "
      "tRPRE=1 tWPRE=1 tRRD_S=8 tRRD_L=8 tWTR_S=6 tWTR_L=6 tFAW=40 tWR=12 tWR2=12 tRTP=6 tCCD_S=4 tCCD_L=4 "
      "tCKE=6 tCKESR=12 tXS=176 tXP=6 tRTRS=1 VDD=1.2 IDD0=40.0 IPP0=0 IDD2P=1.3 IDD2N=20.5 IDD3P=7 "
      "IDD3N=21.0 IDD4W=245 IDD4R=250 IDD5AB=150 IDD6x=21.0 channel_size=2048 channels=1 bus_width=64 "
      "address_mapping=rochrababgco queue_structure=PER_BANK refresh_policy=RANK_LEVEL_STAGGERED "
      "row_buf_policy=OPEN_PAGE cmd_queue_size=8 trans_queue_size=32" },
    { "LPDDR3_8Gb_x32_1866", Model::DramSim3,
      "protocol=LPDDR3 bankgroups=1 banks_per_group=8 rows=32768 columns=1024 device_width=32 BL=8 tCK=1.07 "
      "AL=0 CL=14 CWL=11 tRCD=17 tRP=17 tRAS=40 tRFC=196 tRFCb=85 tRFC2=196 tRFC4=196 REFI=3645 tREFIb=456 "
      "tRPRE=1 tWPRE=1 tRRD_S=10 tRRD_L=10 tWTR_S=7 tWTR_L=7 tFAW=47 tWR=15 tWR2=15 tRTP=7 tCCD_S=4 "
      "tCCD_L=4 tCKE=7 tCKESR=15 tXS=206 tXP=7 tRTRS=1 VDD=1.2 IDD0=41.5 IPP0=0 IDD2P=1.3 IDD2N=21.5 "
      "IDD3P=7 IDD3N=22.0 IDD4W=285 IDD4R=290 IDD5AB=150 IDD6x=22.0 channel_size=2048 channels=1 "
      "bus_width=64 address_mapping=rochrababgco queue_structure=PER_BANK "
      "refresh_policy=RANK_LEVEL_STAGGERED row_buf_policy=OPEN_PAGE cmd_queue_size=8 trans_queue_size=32" },
    { "HBM1_4Gb_x128", Model::DramSim3,
      "protocol=HBM bankgroups=4 banks_per_group=4 rows=16384 columns=64 device_width=128 BL=4 num_dies=4 "
      "tCK=2 CL=7 CWL=2 tRCDRD=7 tRCDWR=7 tRP=7 tRAS=17 tRFC=130 tREFI=1950 tREFIb=64 tRPRE=1 tWPRE=1 "
      "tRRD_S=2 tRRD_L=3 tWTR_S=3 tWTR_L=4 tFAW=15 tWR=8 tCCD_S=1 tCCD_L=1 tXS=134 tCKE=4 tCKSRE=5 tXP=4 "
      "tRTP_L=3 tRTP_S=2 VDD=1.2 IDD0=65 IDD2P=28 IDD2N=40 IDD3P=40 IDD3N=55 IDD4W=440 IDD4R=360 IDD5AB=250 "
      "IDD6x=31 channel_size=512 channels=8 bus_width=128 address_mapping=rorabgbachco "
      "queue_structure=PER_BANK row_buf_policy=OPEN_PAGE cmd_queue_size=8 trans_queue_size=32 "
      "unified_queue=False" },
    { "HBM2_4Gb_x128", Model::DramSim3,
      "protocol=HBM bankgroups=4 banks_per_group=4 rows=16384 columns=64 device_width=128 BL=4 num_dies=4 "
      "tCK=1 CL=14 CWL=4 tRCDRD=14 tRCDWR=14 tRP=14 tRAS=34 tRFC=260 tREFI=3900 tREFIb=128 tRPRE=1 tWPRE=1 "
      "tRRD_S=4 tRRD_L=6 tWTR_S=6 tWTR_L=8 tFAW=30 tWR=16 tCCD_S=1 tCCD_L=2 tXS=268 tCKE=8 tCKSRE=10 tXP=8 "
      "tRTP_L=6 tRTP_S=4 VDD=1.2 IDD0=65 IDD2P=28 IDD2N=40 IDD3P=40 IDD3N=55 IDD4W=500 IDD4R=390 IDD5AB=250 "
      "IDD6x=31 channel_size=512 channels=8 bus_width=128 address_mapping=rorabgbachco "
      "queue_structure=PER_BANK row_buf_policy=OPEN_PAGE cmd_queue_size=8 trans_queue_size=32 "
      "unified_queue=False" },
    { "GDDR5_8Gb_x32", Model::DramSim3,
      "protocol=GDDR5 bankgroups=4 banks_per_group=4 rows=16384 columns=128 device_width=32 BL=8 "
      "bankgroup_enable=false tCK=0.667 CL=24 CWL=7 tRCDRD=24 tRCDWR=20 tRP=24 tRAS=56 tRFC=74 tREFI=3800 "
      "tRPRE=1 tWPRE=1 tRRD_S=10 tRRD_L=10 tWTR_S=10 tWTR_L=10 tFAW=40 tWR=24 tCCD_S=2 tCCD_L=3 tXS=94 "
      "tCKESR=2 tXP=12 tRTRS=1 tRTP_L=2 tRTP_S=2 tPPD=5 t32AW=360 tRFCb=30 tREFIb=238 VDD=1.5 IDD0=71 "
      "IDD2P=45 IDD2N=60 IDD3P=50 IDD3N=61 IDD4W=231 IDD4R=248 IDD5AB=286 IDD5PB=45 IDD6x=35 "
      "channel_size=4096 channels=1 bus_width=128 address_mapping=rochrababgco queue_structure=PER_BANK "
      "row_buf_policy=OPEN_PAGE cmd_queue_size=8 trans_queue_size=32" },
    { "GDDR6_8Gb_x16", Model::DramSim3,
      "protocol=GDDR6 bankgroups=4 banks_per_group=4 rows=16384 columns=128 device_width=16 BL=16 "
      "bankgroup_enable=false tCK=0.66 CL=24 CWL=16 tRCDRD=24 tRCDWR=20 tRP=24 tRAS=54 tRFC=126 tREFI=11862 "
      "tRPRE=1 tWPRE=1 tRRD_S=9 tRRD_L=9 tWTR_S=7 tWTR_L=7 tFAW=32 tWR=16 tCCD_S=3 tCCD_L=4 tXS=132 "
      "tCKESR=8 tXP=12 tRTRS=1 tRTP_L=3 tRTP_S=3 tPPD=2 t32AW=420 tRFCb=30 tREFIb=238 VDD=1.35 IDD0=71 "
      "IDD2P=45 IDD2N=60 IDD3P=50 IDD3N=61 IDD4W=231 IDD4R=248 IDD5AB=286 IDD5PB=45 IDD6x=35 "
      "channel_size=4096 channels=1 bus_width=128 address_mapping=rochrababgco queue_structure=PER_BANK "
      "row_buf_policy=OPEN_PAGE cmd_queue_size=8 trans_queue_size=32" },
} };

std::vector<IniEntry> entriesOf(const Preset& preset)
{
    std::vector<IniEntry> entries;
    std::istringstream words { std::string(preset.keys) };
    for (std::string word; words >> word;) {
        const std::size_t equals = word.find('=');
        entries.push_back({ {}, word.substr(0, equals), word.substr(equals + 1), 0 });
    }
    return entries;
}

void require(const Preset& preset, Model model, const char* name)
{
    if (preset.model != model)
        throw ParameterError(std::string(preset.name) + " is no device of the model " + name);
}

} // namespace

std::span<const Preset> presets()
{
    return table;
}

const Preset* findPreset(std::string_view name)
{
    const auto* const found =
        std::find_if(table.begin(), table.end(), [&](const Preset& preset) { return preset.name == name; });
    return found == table.end() ? nullptr : found;
}

Read<dramsim2::Device> dramsim2Device(const Preset& preset)
{
    require(preset, Model::DramSim2, "dramsim2");
    return dramsim2::readDevice(entriesOf(preset), std::string(preset.name));
}

Read<dramsim3::Config> dramsim3Config(const Preset& preset, bool fixKeys)
{
    require(preset, Model::DramSim3, "dramsim3");
    Read<dramsim3::Config> result =
        dramsim3::readConfig(entriesOf(preset), std::string(preset.name), fixKeys);
    result.value.name = preset.name;
    return result;
}

drampower::Supplement supplementOf(const Preset& preset)
{
    return drampower::readSupplement(entriesOf(preset), std::string(preset.name));
}

} // namespace engine::dram

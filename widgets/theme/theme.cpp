#include "widgets/theme/theme.h"

#include "widgets/theme/theme_state.h"

namespace widgets {

namespace {

QColor hex(unsigned rgb)
{
    return QColor::fromRgb(rgb);
}

Theme makeLight()
{
    Theme theme;
    theme.win = hex(0xF1F3F5);
    theme.panel = hex(0xFFFFFF);
    theme.alt = hex(0xF7F8FA);
    theme.btn = hex(0xFBFCFD);
    theme.border = hex(0xCFD4DB);
    theme.ctl = hex(0x808A98);
    theme.grid = hex(0xE6E9ED);
    theme.text = hex(0x1A222C);
    theme.text2 = hex(0x525D6B);
    theme.mut = hex(0x5F6A78);
    theme.dis = hex(0x9AA3AF);
    theme.accent = hex(0x0A6B74);
    theme.onAccent = hex(0xFFFFFF);
    theme.sel = hex(0xD3EAEC);
    theme.selin = hex(0xE6E9ED);
    theme.hover = hex(0xE9EDF1);
    theme.warn = hex(0x865100);
    theme.warnGround = hex(0xFFF1CF);
    theme.err = hex(0xB3261E);
    theme.errGround = hex(0xFCE9E7);
    theme.ok = hex(0x1D7038);
    theme.okGround = hex(0xE2F3E7);
    theme.a = hex(0x0072B2);
    theme.b = hex(0xC24E00);
    theme.onTag = hex(0xFFFFFF);
    theme.zero = hex(0xECEEF2);
    theme.categories = { hex(0x0072B2), hex(0xD55E00), hex(0x009E73), hex(0xE69F00),
                         hex(0x56B4E9), hex(0xCC79A7), hex(0x4D5561), hex(0xF0E442) };
    return theme;
}

Theme makeDark()
{
    Theme theme;
    theme.isDark = true;
    theme.win = hex(0x191C21);
    theme.panel = hex(0x20242A);
    theme.alt = hex(0x252A31);
    theme.btn = hex(0x2A3037);
    theme.border = hex(0x3B424C);
    theme.ctl = hex(0x76818F);
    theme.grid = hex(0x2E343C);
    theme.text = hex(0xE4E8ED);
    theme.text2 = hex(0xA6B0BC);
    theme.mut = hex(0x8791A0);
    theme.dis = hex(0x66707C);
    theme.accent = hex(0x4CC1CA);
    theme.onAccent = hex(0x06211F);
    theme.sel = hex(0x17484D);
    theme.selin = hex(0x30363F);
    theme.hover = hex(0x2B3139);
    theme.warn = hex(0xF2B84F);
    theme.warnGround = hex(0x3A2E12);
    theme.err = hex(0xFF8F85);
    theme.errGround = hex(0x43211E);
    theme.ok = hex(0x7BD196);
    theme.okGround = hex(0x1A3523);
    theme.a = hex(0x56B4E9);
    theme.b = hex(0xF2914A);
    theme.onTag = hex(0x0D1116);
    theme.zero = hex(0x14171B);
    theme.categories = { hex(0x4BA6DE), hex(0xF2833F), hex(0x2BBE92), hex(0xF0B434),
                         hex(0x93D0F3), hex(0xE29CC5), hex(0xBCC3CC), hex(0xF2E868) };
    return theme;
}

const Theme* inForce = nullptr;

} // namespace

const Theme& Theme::light()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme& Theme::dark()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme& Theme::current()
{
    return inForce != nullptr ? *inForce : light();
}

void setCurrentTheme(const Theme& theme)
{
    inForce = &theme;
}

} // namespace widgets

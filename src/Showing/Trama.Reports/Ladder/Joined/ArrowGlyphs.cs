namespace Trama.Reports.Ladder.Joined;

/// <summary>The characters that slanted arrows are drawn with.</summary>
internal sealed record ArrowGlyphs
{
    public static ArrowGlyphs Unicode { get; } = new()
    {
        Horizontal = "─",
        Cut = "╌",
        Vertical = "│",
        Crossing = "┼",
        Down = ["╮", "╭"],
        Onward = ["╰", "╯"],
        Join = "┴",
        Branch = ["├", "┤"],
        Start = ["├", "┤"],
        Head = ["▶", "◀"],
        Lost = "✗",
        Forged = "◆",
        Found = "◆",
        Copy = "○",
        Unknown = "?",
        Bracket = "┃",
        Pause = "┊",
        Dot = " · ",
        Ellipsis = "…",
    };

    public static ArrowGlyphs Ascii { get; } = new()
    {
        Horizontal = "-",
        Cut = ".",
        Vertical = "|",
        Crossing = "+",
        Down = [".", "."],
        Onward = ["'", "'"],
        Join = "'",
        Branch = ["+", "+"],
        Start = ["|", "|"],
        Head = [">", "<"],
        Lost = "x",
        Forged = "*",
        Found = "*",
        Copy = "o",
        Unknown = "?",
        Bracket = "#",
        Pause = ":",
        Dot = ", ",
        Ellipsis = "...",
    };

    public required string Horizontal { get; init; }

    /// <summary>The end of an arrow for whose way down there is no room.</summary>
    public required string Cut { get; init; }

    public required string Vertical { get; init; }

    public required string Crossing { get; init; }

    /// <summary>Where an arrow to the right, or to the left, turns down.</summary>
    public required string[] Down { get; init; }

    /// <summary>Where it turns towards its end.</summary>
    public required string[] Onward { get; init; }

    /// <summary>Where another one turns into it.</summary>
    public required string Join { get; init; }

    /// <summary>Where a part of it turns towards its end, and the rest goes on down.</summary>
    public required string[] Branch { get; init; }

    public required string[] Start { get; init; }

    public required string[] Head { get; init; }

    public required string Lost { get; init; }

    public required string Forged { get; init; }

    /// <summary>Beside the number of a packet that helps to prove a finding.</summary>
    public required string Found { get; init; }

    public required string Copy { get; init; }

    public required string Unknown { get; init; }

    public required string Bracket { get; init; }

    public required string Pause { get; init; }

    public required string Dot { get; init; }

    public required string Ellipsis { get; init; }
}

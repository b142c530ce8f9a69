using Trama.Tracing;

namespace Trama.Reports.Ladder.Text;

/// <summary>The characters a ladder is drawn with.</summary>
internal sealed record LadderGlyphs
{
    public static LadderGlyphs Unicode { get; } = new()
    {
        Thin = '─',
        Thick = '━',
        Dashed = '╌',
        ToRight = '▶',
        ToLeft = '◀',
        Pause = '┊',
        Dot = " · ",
        Ellipsis = "…",
        Found = "◆",
        Lifeline = "│╿╽┃",
        ThinStart = ["├┖┎┠", "┤┚┒┨"],
        ThickStart = ["┝┗┏┣", "┥┛┓┫"],
    };

    public static LadderGlyphs Ascii { get; } = new()
    {
        Thin = '-',
        Thick = '=',
        Dashed = '.',
        ToRight = '>',
        ToLeft = '<',
        Pause = ':',
        Dot = ", ",
        Ellipsis = "...",
        Found = "*",
        Lifeline = "|###",
        ThinStart = ["|###", "|###"],
        ThickStart = ["|###", "|###"],
    };

    public required char Thin { get; init; }

    public required char Thick { get; init; }

    public required char Dashed { get; init; }

    public required char ToRight { get; init; }

    public required char ToLeft { get; init; }

    public required char Pause { get; init; }

    public required string Dot { get; init; }

    public required string Ellipsis { get; init; }

    /// <summary>Beside the number of a packet that helps to prove a finding.</summary>
    public required string Found { get; init; }

    /// <summary>A lifeline that no arrow leaves, by <see cref="LifelineJoin"/>.</summary>
    public required string Lifeline { get; init; }

    /// <summary>The start of a thin arrow, by side and <see cref="LifelineJoin"/>.</summary>
    public required string[] ThinStart { get; init; }

    /// <summary>The start of a thick arrow, by side and <see cref="LifelineJoin"/>.</summary>
    public required string[] ThickStart { get; init; }

    public string Start(bool thick, Side side, LifelineJoin join) => (thick ? ThickStart : ThinStart)[(int)side][(int)join].ToString();
}

namespace Trama.Reports.Text;

/// <summary>How text is written for a person.</summary>
public sealed record TextOptions
{
    /// <summary>Columns to fill, 60 or more; fewer are taken as 60.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Draws with ASCII characters only.</summary>
    public bool Ascii { get; init; }

    /// <summary>Colours the text with ANSI sequences.</summary>
    public bool Colour { get; init; }

    /// <summary>Whether each finding also says what else it might have been, and what would settle it.</summary>
    public bool Why { get; init; }

    /// <summary>The language of the words.</summary>
    public Language Language { get; init; }
}

namespace Trama.Mcp.Answers;

/// <summary>Which rows of a list are asked for.</summary>
/// <param name="First">The first one, from 1.</param>
/// <param name="Most">How many.</param>
internal readonly record struct RowWindow(long First, int Most)
{
    /// <summary>Of a list that nobody asks for.</summary>
    public static RowWindow None { get; } = new(1, 0);
}

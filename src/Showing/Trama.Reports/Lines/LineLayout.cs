using Trama.Reports.Text;

namespace Trama.Reports.Lines;

/// <summary>How the columns of exchanges share the width of a terminal. No line is wider, whatever stands in it.</summary>
internal sealed class LineLayout
{
    /// <summary>The columns of a duration, but for the longest.</summary>
    public const int DurationWidth = 8;

    /// <summary>From so many nanoseconds on, the text of a duration may be longer.</summary>
    public const long Long = 99_000_000_000;

    private const int WidthWithEndpoints = 130;
    private const int WidthWithPorts = 100;
    private const int WidthWithMilliseconds = 80;
    private const int NumberWidth = 4;
    private const int LeastText = 13;
    private const int MostText = 60;

    private readonly int _width;

    /// <summary>Divides a width.</summary>
    /// <param name="width">The columns of the terminal.</param>
    /// <param name="times">How many times stand in a line.</param>
    public LineLayout(int width, int times)
    {
        _width = width;
        HasEndpoints = width >= WidthWithEndpoints;
        HasClientPort = width >= WidthWithPorts;
        TimeWidth = HasClientPort ? ClockText.Width : width >= WidthWithMilliseconds ? ClockText.Width - 3 : ClockText.Width - 7;
        DirectionWidth = HasEndpoints ? 33 : HasClientPort ? 13 : 6;
        MostDirection = width - TimeWidth - NumberWidth - 3 - 2 * LeastText - times * (DurationWidth + 1) - 1;
    }

    /// <summary>Whether the direction is told by endpoints.</summary>
    public bool HasEndpoints { get; }

    /// <summary>Whether it is told by both ports; else by the server's alone.</summary>
    public bool HasClientPort { get; }

    /// <summary>The columns of the time of day.</summary>
    public int TimeWidth { get; }

    /// <summary>The columns of the direction, as wide as the widest so far.</summary>
    public int DirectionWidth { get; private set; }

    /// <summary>The most columns that a direction may take.</summary>
    public int MostDirection { get; }

    /// <summary>A direction of so many columns is in a line.</summary>
    public void Widen(int columns) => DirectionWidth = Math.Max(DirectionWidth, Math.Min(columns, MostDirection));

    /// <summary>The columns for each of request and reply.</summary>
    /// <param name="before">The columns before them.</param>
    /// <param name="after">The columns after them, with the space before each time.</param>
    public int TextWidth(int before, int after) => Math.Clamp((_width - before - 1 - after) / 2, 0, MostText);
}

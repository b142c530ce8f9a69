using Trama.Reports.Text;

namespace Trama.View;

/// <summary>What a list on the screen is of, and how it is shown.</summary>
/// <param name="Text">Language, colours, ASCII; the width is that of the screen.</param>
/// <param name="Content">The list by now, written for a width; asked for each time that it is drawn.</param>
public sealed record ListOptions(TextOptions Text, Func<TextOptions, ListContent> Content)
{
    /// <summary>The keys that mean something here, beside those of every list, for the last line.</summary>
    public string Keys { get; init; } = "";

    /// <summary>Takes a letter that no list has a use for.</summary>
    public Action<char> Letter { get; init; } = _ => { };

    /// <summary>How often it is drawn though no key was pressed.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(250);
}

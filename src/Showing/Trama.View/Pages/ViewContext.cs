using System.Globalization;
using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Reports;
using Trama.Reports.Browsing;
using Trama.Reports.Text;

namespace Trama.View.Pages;

/// <summary>What all pages of a view share: the capture, what is chosen of it, and how things are written.</summary>
internal sealed class ViewContext(BrowsedCapture capture, ViewOptions options) : ScreenContext(options.Text)
{
    /// <summary>The capture.</summary>
    public BrowsedCapture Capture => capture;

    /// <summary>What it is, and how it is shown.</summary>
    public ViewOptions Options => options;

    /// <summary>What every list is restricted to.</summary>
    public BrowsingChoice Choice { get; set; } = BrowsingChoice.All;

    /// <summary>The mark of what has a finding, or went wrong.</summary>
    public string Dot => Text.Ascii ? "*" : "●";

    /// <summary>What stands for a number that is not known.</summary>
    public string None => Text.Ascii ? "-" : "–";

    /// <summary>What stands between the ends of a connection.</summary>
    public string Towards => Text.Ascii ? ">" : "→";

    /// <summary>A duration in nanoseconds.</summary>
    public string Duration(long? nanoseconds) =>
        nanoseconds is { } known ? DurationText.Of(known, Text.Language, Text.Ascii) : None;

    /// <summary>An endpoint in at most so many columns; of a longer one, the port stays.</summary>
    public string Endpoint(in Endpoint endpoint, int columns) => EndpointText.Short(endpoint, columns, Text.Ascii);

    /// <summary>A number of bytes.</summary>
    public string Size(long bytes) => SizeText.Of(bytes, Text.Language);

    /// <summary>A number of things in at most six columns.</summary>
    public string Count(long count)
    {
        string text = count switch
        {
            < 100_000 => count.ToString(CultureInfo.InvariantCulture),
            < 999_500 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e3:0} k"),
            < 9_995_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0.00} M"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0} M"),
        };
        return Text.Language == Language.Portuguese ? text.Replace('.', ',') : text;
    }

    /// <summary>When something was, in seconds since the first packet.</summary>
    public string Since(Timestamp at)
    {
        string text = ((at - (Capture.Totals.FirstAt ?? at)) / 1e9).ToString("0.000", CultureInfo.InvariantCulture);
        return Text.Language == Language.Portuguese ? text.Replace('.', ',') : text;
    }
}

using Trama.Diagnosis;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Forms;

/// <summary>How a form is to be shown; each form heeds what concerns it.</summary>
public sealed record FormSettings
{
    /// <summary>Where it goes.</summary>
    public required Stream Output { get; init; }

    /// <summary>Where it goes that is no stream: a folder, a URL or an address; or in whose words it is; null for what goes to
    /// <see cref="Output"/>.</summary>
    public string? Target { get; init; }

    /// <summary>Whether credentials are told, where they would be withheld.</summary>
    public bool Credentials { get; init; }

    /// <summary>Whether tables have one of packets.</summary>
    public bool Packets { get; init; }

    /// <summary>How text is written.</summary>
    public TextOptions Text { get; init; } = new();

    /// <summary>The time zone of the reader.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Whether lines are aligned in columns, as a terminal wants; else their fields are separated by tabs.</summary>
    public bool Columns { get; init; }

    /// <summary>Whether JSON has the messages whole, as far as the tracker kept them, and not just their first bytes.</summary>
    public bool Full { get; init; }

    /// <summary>Whether connections are told of as they end, where otherwise everything waits for the end.</summary>
    public bool IsLive { get; init; }

    /// <summary>The order of a summary.</summary>
    public SummarySort Sort { get; init; }

    /// <summary>How many connections a summary shows.</summary>
    public int Top { get; init; } = 20;

    /// <summary>What was found about a connection that ends; absent when that is not asked for.</summary>
    public Func<Connection, IReadOnlyList<Finding>>? FindingsOf { get; init; }

    /// <summary>Whether a finding makes a check fail: a warning or an error does, unless somebody says what else.</summary>
    public Func<Finding, bool> Fails { get; init; } = finding => finding.Severity > Severity.Info;

    /// <summary>Hears what belongs beside the output, a line at a time.</summary>
    public Action<string> Note { get; init; } = _ => { };
}

using System.Text;
using Trama.Diagnosis;
using Trama.Framing;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Checks;

/// <summary>
/// What was found, for a service that builds and tests other people's programs: one text at the end, in a format that such a service reads.
/// Nothing that a peer or a file says is more than text in it.
/// </summary>
public abstract class CheckForm : IForm, IShardedSink
{
    /// <summary>How many groups of like connections are told at most; a format whose reader has a lower bound says so.</summary>
    protected const int MostGroups = 1000;

    private static readonly (string Name, Func<FormSettings, CheckForm> Make)[] s_formats =
    [
        ("sarif", settings => new SarifForm(settings)), ("junit", settings => new JunitForm(settings)),
        ("github", settings => new GithubForm(settings)), ("markdown", settings => new MarkdownForm(settings)),
    ];

    private readonly FormSettings _settings;
    private JoinedCapture? _captures;

    private protected CheckForm(FormSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
    }

    /// <summary>The names of the formats, as the command line has them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_formats.Select(format => format.Name)];

    /// <summary>The form of the format that the settings' target names.</summary>
    public static CheckForm Of(FormSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Array.Find(s_formats, format => format.Name == settings.Target).Make(settings);
    }

    /// <inheritdoc/>
    public ITraceSink Sink => this;

    private protected Language Language => _settings.Text.Language;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => others;

    /// <inheritdoc/>
    public IShardPart OpenPart(int shard) => new SilentPart();

    /// <inheritdoc/>
    public void End(TracedCapture capture) => _settings.Output.Write(Encoding.UTF8.GetBytes(Text(capture)));

    /// <inheritdoc/>
    public void Show(JoinedCapture captures, IReadOnlyList<JoinedConnection> shown, TracedCapture capture)
    {
        _captures = captures;
        End(capture);
    }

    /// <summary>The whole text, its last line ended by LF.</summary>
    private protected abstract string Text(TracedCapture capture);

    /// <summary>Text that may hold something from outside, without what is more than text anywhere.</summary>
    private protected static string Plain(string text) => VisibleText.Checked(text);

    private protected string Say(string english, string portuguese) => Language.Pick(english, portuguese);

    private protected string Words(Finding finding) => Plain(FindingWords.Text(finding, Language, _settings.Text.Ascii));

    private protected string Advice(Finding finding) => Plain(FindingWords.Next(finding, Language));

    private protected bool Fails(Finding finding) => _settings.Fails(finding);

    /// <summary>The groups of like connections that are told, and how many more there are.</summary>
    private protected static (IReadOnlyList<ConnectionGroup> Told, int More) Groups(TracedCapture capture, int most = MostGroups)
    {
        IReadOnlyList<ConnectionGroup> groups = ConnectionGroup.Of(capture.Diagnosis);
        return groups.Count <= most ? (groups, 0) : ([.. groups.Take(most)], groups.Count - most);
    }

    /// <summary>What is told in place of what is not; null when everything is told.</summary>
    private protected string? Omission(TracedCapture capture, long more)
    {
        string[] parts =
        [
            .. more > 0 ? [Say($"{more} more groups of connections have findings; --json has them all.",
                $"Mais {more} grupos de conexões têm achados; --json traz todos.")] : Array.Empty<string>(),
            .. capture.IsTruncated ? [Say("The capture ends in the middle of a record; what came before it was judged.",
                "A captura termina no meio de um registro; foi julgado o que veio antes.")] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? null : string.Join(' ', parts);
    }

    /// <summary>The capture that a finding's packets are counted in; null when there is no file, or when the numbers run on over
    /// several.</summary>
    private protected string? FileOf(Finding finding, TracedCapture capture) => (capture.Files, _captures) switch
    {
        ([var only], null) => only,
        ([var first, var second], { } joined) => (finding.SeenAt == Side.Client) == joined.FirstIsNearClients ? first : second,
        _ => null,
    };
}

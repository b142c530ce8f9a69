using Trama.Reports.Forms;

namespace Trama.Cli.Reporting;

/// <summary>A form of report that a command line can ask for.</summary>
/// <param name="Option">The option that asks for it.</param>
/// <param name="English">What it is, for the help.</param>
/// <param name="Portuguese">The same in Portuguese.</param>
/// <param name="Make">Makes it.</param>
internal sealed record FormChoice(string Option, string English, string Portuguese, Func<FormSettings, IForm> Make)
{
    /// <summary>Whether it shows what went wrong.</summary>
    public FindingsShown Findings { get; init; } = FindingsShown.Always;

    /// <summary>Whether it is text for people, beside which other text may stand.</summary>
    public bool IsText { get; init; }

    /// <summary>Whether it is written while packets are read, rather than at the end.</summary>
    public bool ShowsAsItGoes { get; init; }

    /// <summary>Where it goes.</summary>
    public FormTarget Target { get; init; }

    /// <summary>What its option names, where that is one of a few words.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Whether it stands beside another form: it goes to a place of its own.</summary>
    public bool IsBeside => Target > FormTarget.File;

    /// <summary>Whether it shows one connection, the first unless another is asked for.</summary>
    public bool IsOfOneConnection { get; init; }
}

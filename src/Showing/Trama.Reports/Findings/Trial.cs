namespace Trama.Reports.Findings;

/// <summary>A command line that makes a finding happen, and what belongs to it.</summary>
/// <param name="Command">The command line.</param>
/// <param name="Remark">When, where or to whom; empty for nothing.</param>
internal readonly record struct Trial(string Command, Bilingual Remark)
{
    public static implicit operator Trial(string command) => new(command, ("", ""));

    public static implicit operator Trial((string Command, string English, string Portuguese) trial) =>
        new(trial.Command, (trial.English, trial.Portuguese));

    /// <summary>The command line with the remark behind it.</summary>
    public string In(Language language) => Remark.English.Length == 0 ? Command : $"{Command}    # {Remark.In(language)}";
}

using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.Native;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Cli.Reporting;

/// <summary>Where the store of <c>trama watch</c> is (<c>--store</c>), and whose it may be.</summary>
internal static class StorePlace
{
    /// <summary>The option.</summary>
    public static Option<string> Option(BilingualCommand command) => command.Value("--store", "FOLDER",
        "The store (default: /var/lib/trama for root, else trama in $XDG_STATE_HOME or ~/.local/state)",
        "O armazém (padrão: /var/lib/trama para root, senão trama em $XDG_STATE_HOME ou ~/.local/state)");

    /// <summary>The folder that a command line names.</summary>
    /// <exception cref="UserError">It names none, and there is no home folder.</exception>
    public static string Of(OptionValues values, Option<string> option, Language language) => values.Of(option) ?? Standard
        ?? throw new UserError(language.Pick("there is no home folder for the store: --store FOLDER says where it is",
            "não há pasta pessoal para o armazém: --store PASTA diz onde ele fica"));

    /// <summary>Refuses to write into a store of another user: root, too, who may.</summary>
    /// <exception cref="UserError">It is another's.</exception>
    public static void RefuseOthers(string path, Language language)
    {
        if (FileOwner.Of(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) is not { IsLink: false } owner
            || owner.User == UserRights.Effective) return;
        string shown = VisibleText.Of(path);
        throw new UserError(language.Pick($"{shown} belongs to another user ({owner.User}): name a folder of your own, or run as that user",
            $"{shown} pertence a outro usuário ({owner.User}): informe uma pasta sua, ou execute como esse usuário"));
    }

    private static string? Standard => UserRights.IsRoot ? "/var/lib/trama" : State is { } state ? Path.Combine(state, "trama") : null;

    // A relative path is to be ignored (XDG Base Directory Specification).
    private static string? State => Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { } state && Path.IsPathRooted(state) ? state
        : Home is { Length: > 0 } home ? Path.Combine(home, ".local", "state") : null;

    // With sudo, the surroundings may name root's; whose the store is to be, has another.
    private static string? Home => Privileges.User is not null ? UserRights.Home
        : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
}

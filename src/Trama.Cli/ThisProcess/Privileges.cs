using System.Globalization;
using Trama.Cli.Native;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Cli.ThisProcess;

/// <summary>
/// Started as root through sudo, the command does everything as the one who called it; only what needs root is done as root: opening a
/// device, a port below 1024, reading a file that was named. Before it looks at a byte of others, or runs a command, root is given up for
/// good.
/// </summary>
internal static class Privileges
{
    private static (uint User, uint Group)? _user;

    /// <summary>
    /// Goes on as the user named by <c>-Z</c>, else as the one who called sudo. Without either, and for everyone but root, nothing
    /// changes.
    /// </summary>
    /// <param name="asked">The user of <c>-Z</c>; root is not given up for <c>root</c>, which is told.</param>
    /// <param name="language">The language.</param>
    /// <exception cref="UserError">There is no such user, or it is not clear who called.</exception>
    public static void Begin(string? asked, Language language)
    {
        if (!UserRights.IsRoot) return;
        if (asked == "root")
        {
            Terminal.Warn(language.Pick("trama: all is done as root (-Z root)", "trama: tudo é feito como root (-Z root)"));
            return;
        }

        if (!OperatingSystem.IsLinux()) throw new UserError(language.Pick(
            "root can be given up on Linux alone: -Z root stays root",
            "só no Linux se pode deixar de ser root: -Z root continua como root"));
        _user = asked is null
            ? Caller(language)
            : UserRights.Find(asked) ?? throw new UserError(
                language.Pick($"there is no user '{VisibleText.Of(asked)}'", $"não há usuário '{VisibleText.Of(asked)}'"));
        if (_user is not { } user) return;
        try
        {
            UserRights.Take(user.User, user.Group);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UserError(language.Pick($"user {user.User}: {error.Message} (-Z root stays root)",
                $"usuário {user.User}: {error.Message} (-Z root continua como root)"));
        }
    }

    /// <summary>Who this process goes on as, while root's rights are in reserve; null when there are none to give up.</summary>
    public static (uint User, uint Group)? User => _user;

    /// <summary>Root's rights, where there are any in reserve, until what is returned is disposed of.</summary>
    public static Raised Raise() => new(_user);

    /// <summary>Gives up for good what is in reserve.</summary>
    public static void Drop()
    {
        if (_user is { } user) UserRights.GiveUp(user.User, user.Group);
        _user = null;
    }

    // sudo tells who called it; what it cannot have told is no reason to stay root.
    private static (uint User, uint Group)? Caller(Language language)
    {
        if (Environment.GetEnvironmentVariable("SUDO_UID") is not { } text) return null;
        bool isClear = TryRead(text, out uint user);
        uint group = user;
        if (Environment.GetEnvironmentVariable("SUDO_GID") is { } groupText) isClear &= TryRead(groupText, out group);
        if (!isClear)
        {
            throw new UserError(language.Pick(
                "SUDO_UID and SUDO_GID do not say who called sudo: -Z USER names the user to become, -Z root stays root",
                "SUDO_UID e SUDO_GID não dizem quem chamou o sudo: -Z USUÁRIO diz quem passar a ser, -Z root continua como root"));
        }

        return user == 0 ? null : (user, group);
    }

    // The largest number is none: setresuid(2) takes it for "as it is".
    private static bool TryRead(string text, out uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number != uint.MaxValue;

    /// <summary>A stretch with root's rights.</summary>
    internal readonly struct Raised : IDisposable
    {
        private readonly (uint User, uint Group)? _user;

        /// <summary>Begins it.</summary>
        public Raised((uint User, uint Group)? user)
        {
            _user = user;
            if (user is not null) UserRights.Raise();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_user is { } user) UserRights.Lower(user.User, user.Group);
        }
    }
}

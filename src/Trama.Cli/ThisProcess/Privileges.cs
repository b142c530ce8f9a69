using System.Globalization;
using Trama.Cli.Native;
using Trama.Reports;

namespace Trama.Cli.ThisProcess;

/// <summary>Root's rights are given up once the source of packets is open, before a byte of it is looked at.</summary>
internal static class Privileges
{
    private static bool _dropped;

    /// <summary>
    /// Becomes the user named by <c>-Z</c>, else the one who called sudo. Without either, and for everyone but root, nothing changes.
    /// </summary>
    /// <exception cref="UserError">There is no such user.</exception>
    public static void Drop(string? user, Language language)
    {
        if (_dropped || !UserRights.IsRoot) return;
        _dropped = true;
        if (user == "root") return;
        if (user is not null)
        {
            if (!UserRights.TryBecome(user)) throw new UserError(language.Pick($"there is no user '{user}'", $"não há usuário '{user}'"));
        }
        else if (Caller is { } caller)
        {
            UserRights.Become(caller.User, caller.Group);
        }
    }

    /// <summary>Gives a file that root has made to the one who called sudo, who could not write it later; for everyone but root, nothing changes.</summary>
    public static void Give(string path)
    {
        if (UserRights.IsRoot && Caller is { } caller) UserRights.Give(path, caller.User, caller.Group);
    }

    private static (uint User, uint Group)? Caller => Number("SUDO_UID") is { } caller and > 0 ? (caller, Number("SUDO_GID") ?? caller) : null;

    private static uint? Number(string variable) =>
        uint.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;
}

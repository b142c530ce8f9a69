using Trama.Captures;
using Trama.Cli.Native;

namespace Trama.Cli.ThisProcess;

/// <summary>
/// Links that other users have put where the command is to write: in folders like /tmp they are not followed, as Linux's
/// fs.protected_symlinks has it.
/// </summary>
internal static class OthersLinks
{
    /// <summary>Refuses a path that is such a link.</summary>
    /// <exception cref="CaptureException">It is one.</exception>
    public static void Refuse(string path)
    {
        string full = Path.GetFullPath(path);
        if (FileOwner.Of(full) is not { IsLink: true } link || Path.GetDirectoryName(full) is not { } folder) return;
        // The folder's name may itself be a link; what counts is where it leads.
        FileOwner? place = FileOwner.Of(Path.Combine(folder, "."));
        if (place is not { IsOpenToAll: true } open || link.User == UserRights.Effective || link.User == open.User) return;
        throw new CaptureException(CaptureFailure.OthersLink, path, "");
    }
}

using Trama.View.Keyboard;

namespace Trama.View;

/// <summary>Something on the screen of a terminal: takes keys and says what the lines are. For one thread.</summary>
public interface IScreenView
{
    /// <summary>Whether the person has ended it.</summary>
    bool IsOver { get; }

    /// <summary>Whether the person wants to go to the shell for a while.</summary>
    bool WantsShell { get; }

    /// <summary>When it should be looked at again though no key was pressed; infinite when nothing changes by itself.</summary>
    TimeSpan Interval { get; }

    /// <summary>Something to be told in the line above the keys, until the next key; empty for nothing.</summary>
    string Note { get; set; }

    /// <summary>The screen has another size.</summary>
    void Resize(int columns, int rows);

    /// <summary>Control sequences that the terminal is to be sent beside the lines; empty for none.</summary>
    string TakeControls();

    /// <summary>The person is back from the shell.</summary>
    void Return();

    /// <summary>Looks whether there is more to show by now.</summary>
    void Look();

    /// <summary>Takes a key.</summary>
    void Take(Key key);

    /// <summary>The lines of the screen, as many as it has rows.</summary>
    IReadOnlyList<string> Draw();
}

using Trama.Reports.Text;
using Trama.View.Keyboard;
using Trama.View.Screen;

namespace Trama.View.Pages;

/// <summary>One step of the way from the whole to the part: rows, of which one is selected, or a text that is scrolled.</summary>
internal abstract class Page(ScreenContext context)
{
    private int _height = 1;
    private bool _follows;

    /// <summary>Its name in the path.</summary>
    public abstract string Name { get; }

    /// <summary>The keys that mean something here, for the last line.</summary>
    public abstract string Keys { get; }

    /// <summary>How many rows there are.</summary>
    public abstract long Count { get; }

    /// <summary>The selected row, from 0.</summary>
    public long Selected { get; private set; }

    /// <summary>Whether it has nothing to select, and is scrolled.</summary>
    public virtual bool IsText => false;

    /// <summary>Whether something it shows is still being read.</summary>
    public virtual bool IsWaiting => false;

    /// <summary>The connection that is selected; null for none.</summary>
    public virtual long? Connection => null;

    /// <summary>What the order is called; null when there is but one.</summary>
    public virtual string? Order => null;

    /// <summary>What all pages of the screen share.</summary>
    protected ScreenContext Shared => context;

    /// <summary>Whether the person has moved here.</summary>
    protected bool HasMoved { get; private set; }

    /// <summary>The first row on the screen.</summary>
    protected long Top { get; private set; }

    /// <summary>There may be other rows now.</summary>
    public virtual void Refresh()
    {
        if (_follows) Select(Count - 1);
    }

    /// <summary>What is behind the selected row; null for nothing.</summary>
    public virtual Page? Enter() => null;

    /// <summary>The exchanges of the selected row; null for none.</summary>
    public virtual Page? Exchanges() => null;

    /// <summary>Shows only what the client said, only what the server said, or both again.</summary>
    public virtual void NextSide()
    {
    }

    /// <summary>Goes on to the next order, or turns the order round.</summary>
    public virtual void NextOrder(bool turn)
    {
    }

    /// <summary>Moves by a key; false when it is not one that moves.</summary>
    public bool TryMove(Key key)
    {
        switch (key)
        {
            case { Kind: KeyKind.Down } or { Kind: KeyKind.Character, Character.Value: 'j' }: Move(1); break;
            case { Kind: KeyKind.Up } or { Kind: KeyKind.Character, Character.Value: 'k' }: Move(-1); break;
            case { Kind: KeyKind.PageDown } or { Kind: KeyKind.Control, Character.Value: 'f' }: MovePages(1); break;
            case { Kind: KeyKind.PageUp } or { Kind: KeyKind.Control, Character.Value: 'b' }: MovePages(-1); break;
            case { Kind: KeyKind.Control, Character.Value: 'd' }: MovePages(0.5); break;
            case { Kind: KeyKind.Control, Character.Value: 'u' }: MovePages(-0.5); break;
            case { Kind: KeyKind.Home }: ToStart(); break;
            case { Kind: KeyKind.End } or { Kind: KeyKind.Character, Character.Value: 'G' }: ToEnd(); break;
            default: return false;
        }

        return true;
    }

    /// <summary>Selects a row; a following page stays at its end.</summary>
    public void Select(long place)
    {
        long wanted = Math.Clamp(place, 0, Math.Max(0, Count - 1));
        // What cannot be selected is passed over, in the direction of the move.
        long step = wanted >= Selected ? 1 : -1, found = wanted;
        while (found >= 0 && found < Count && !CanSelect(found)) found += step;
        if (found < 0 || found >= Count)
            for (found = wanted; found >= 0 && found < Count && !CanSelect(found);) found -= step;
        if (found >= 0 && found < Count) Selected = found;
    }

    /// <summary>Moves by rows.</summary>
    public void Move(long rows)
    {
        (HasMoved, _follows) = (true, false);
        if (IsText) Top = Math.Clamp(Top + rows, 0, Math.Max(0, Count - _height));
        else Select(Selected + rows);
    }

    /// <summary>Moves by parts of the screen.</summary>
    public void MovePages(double pages) => Move((long)(pages * Math.Max(1, _height - 1)));

    /// <summary>Goes to the first row.</summary>
    public void ToStart() => Move(-Math.Max(Count, 1));

    /// <summary>Goes to the last row, and stays at the end while rows come.</summary>
    public void ToEnd()
    {
        Move(Math.Max(Count, 1));
        _follows = true;
    }

    /// <summary>Selects the row that was clicked on, given by its place on the screen below the head; whether it was selected
    /// before.</summary>
    public bool Click(int row)
    {
        int place = row - HeadLines.Count;
        if (IsText || place < 0 || Top + place >= Count) return false;
        bool isAgain = Selected == Top + place;
        if (CanSelect(Top + place)) Select(Top + place);
        return isAgain;
    }

    /// <summary>Marks the selected row, or takes the mark away.</summary>
    public void Mark()
    {
        if (MarkKey(Selected) is { } key) context.Mark(GetType(), key);
    }

    /// <summary>Selects the next marked row; false when there is none.</summary>
    public bool ToNextMark(bool backwards)
    {
        const int mostLookedAt = 1 << 17;
        int step = backwards ? -1 : 1;
        long place = Selected + step;
        for (int looked = 0; looked < mostLookedAt && place >= 0 && place < Count; place += step, looked++)
        {
            if (!IsNoted(place)) continue;
            Select(place);
            return true;
        }

        return false;
    }

    /// <summary>The selected row as text.</summary>
    public string SelectedText()
    {
        const int wide = 400;
        if (Count == 0) return "";
        var line = new Line(wide, context.Text with { Colour = false });
        Row(Selected, line);
        return line.ToString().Trim(' ', '>');
    }

    /// <summary>Adds its lines for a screen of so many rows.</summary>
    public void Draw(ICollection<string> lines, int height)
    {
        HeadLines = [.. Head()];
        _height = Math.Max(1, height - HeadLines.Count);
        if (!IsText) Top = Math.Clamp(Top, Math.Max(0, Selected - _height + 1), Selected);
        Top = Math.Clamp(Top, 0, Math.Max(0, Count - _height));
        // At the top, the lines above the first row belong to it.
        if (!IsText && Top <= Selected && Enumerable.Range(0, (int)Math.Min(Selected, _height)).All(place => !CanSelect(place))
            && Selected < _height) Top = 0;
        Fetch(Top, _height);
        foreach (string line in HeadLines) lines.Add(line);
        for (int row = 0; row < _height; row++)
        {
            if (Top + row >= Count)
            {
                lines.Add("");
                continue;
            }

            bool isSelected = !IsText && Top + row == Selected && CanSelect(Selected);
            Line line = context.Line(isSelected);
            if (!IsText) line.Add(isSelected ? ">" : IsMarked(Top + row) ? "+" : " ", TextStyle.Bold);
            Row(Top + row, line);
            lines.Add(line.ToString());
        }
    }

    private List<string> HeadLines { get; set; } = [];

    /// <summary>What a row is, however it is drawn and whatever comes before it; null where it is known by its place alone.</summary>
    protected virtual object? Identity(long place) => null;

    /// <summary>Makes the rows anew; what was selected stays so, wherever it is then.</summary>
    protected void Remake(Action make)
    {
        object? selected = Identity(Selected);
        make();
        long place = 0;
        while (selected is not null && place < Count && !selected.Equals(Identity(place))) place++;
        Select(selected is not null && place < Count ? place : Selected);
    }

    /// <summary>Whether a row can be selected.</summary>
    protected virtual bool CanSelect(long place) => true;

    /// <summary>The lines that stay above the rows.</summary>
    protected virtual IEnumerable<string> Head() => [];

    /// <summary>These rows are asked for next.</summary>
    protected virtual void Fetch(long from, int count)
    {
    }

    /// <summary>The number by which a row is marked; null when it cannot be.</summary>
    protected virtual long? MarkKey(long place) => null;

    /// <summary>Whether a row is one that a person looks for: marked, or with a finding.</summary>
    protected virtual bool IsNoted(long place) => IsMarked(place);

    /// <summary>Writes a row.</summary>
    protected abstract void Row(long place, Line line);

    private bool IsMarked(long place) => MarkKey(place) is { } key && context.IsMarked(GetType(), key);
}
